using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adam (Kingma and Ba 2015), step by step as torch.optim computes it.</summary>
public partial class Adam : OptimizerHelper
{
    private readonly bool decoupled;

    /// <summary>Steps by libtorch's operators in place of one pass over memory; the bits are the same.</summary>
    internal static bool IsOperatorByOperator { get; set; }

    public Adam(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this(Single(parameters), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public Adam(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), decoupled: false)
    {
    }

    private protected Adam(IEnumerable<ParamGroup> parameters, Options defaults, bool decoupled)
        : base(parameters, defaults) => this.decoupled = decoupled;

    private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) =>
        new State(parameter, ((Options)options).amsgrad);

    private protected override unsafe void Step(ParamGroup group, int firstState)
    {
        var members = group.Members;
        var options = (Options)group.Options;
        var count = members.Length;
        var settings = options.Settings(group.LearningRate, decoupled);
        if (StepOnDevice(members, firstState, options, settings))
        {
            return;
        }

        Span<nint> handles = new nint[count * 4];
        Span<long> steps = new long[count];
        for (var i = 0; i < count; i++)
        {
            var state = (State)States[firstState + i];
            handles[i] = members[i].Handle;
            handles[count + i] = state.exp_avg.Handle;
            handles[(count * 2) + i] = state.exp_avg_sq.Handle;
            handles[(count * 3) + i] = state.max_exp_avg_sq?.Handle ?? 0;
            steps[i] = state.step;
        }

        fixed (nint* list = handles)
        fixed (long* stepList = steps)
        {
            var largest = options.amsgrad ? list + (count * 3) : null;
            Check.Done(Native.ot_adam_step(&settings, list, list + count, list + (count * 2), largest, stepList, count), group, this);
        }

        for (var i = 0; i < count; i++)
        {
            ((State)States[firstState + i]).step = steps[i];
        }
    }

    /// <summary>Adam's options of one group.</summary>
    public class Options : OptimizerOptions
    {
        public double beta1;
        public double beta2;
        public double eps;
        public double weight_decay;
        public bool amsgrad;
        public bool maximize;

        public Options()
            : this(0.001, 0.9, 0.999, 1E-08, 0, false, false)
        {
        }

        internal Options(double lr, double beta1, double beta2, double eps, double weight_decay, bool amsgrad, bool maximize)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lr);
            ArgumentOutOfRangeException.ThrowIfNegative(eps);
            ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
            if (beta1 is < 0 or >= 1 || beta2 is < 0 or >= 1)
            {
                throw new ArgumentOutOfRangeException(nameof(beta1), $"Betas must lie in [0, 1): {beta1}, {beta2}.");
            }

            (LearningRate, InitialLearningRate) = (lr, lr);
            (this.beta1, this.beta2, this.eps, this.weight_decay) = (beta1, beta2, eps, weight_decay);
            (this.amsgrad, this.maximize) = (amsgrad, maximize);
        }

        internal AdamSettings Settings(double lr, bool decoupled) => new()
        {
            LearningRate = lr,
            Beta1 = beta1,
            Beta2 = beta2,
            Eps = eps,
            WeightDecay = weight_decay,
            AmsGrad = amsgrad ? 1 : 0,
            Maximize = maximize ? 1 : 0,
            Decoupled = decoupled ? 1 : 0,
            OperatorByOperator = IsOperatorByOperator ? 1 : 0,
        };

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(beta1);
            writer.Write(beta2);
            writer.Write(eps);
            writer.Write(weight_decay);
            writer.Write(amsgrad);
            writer.Write(maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            beta1 = reader.ReadDouble();
            beta2 = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            amsgrad = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (beta1, beta2, eps, weight_decay) = (other.beta1, other.beta2, other.eps, other.weight_decay);
            (amsgrad, maximize) = (other.amsgrad, other.maximize);
        }

        internal override OptimizerOptions Clone() => (OptimizerOptions)MemberwiseClone();
    }

    /// <summary>First and second moments of one parameter, and how often it was stepped.</summary>
    public class State : OptimizerState
    {
        public long step;
        public Tensor exp_avg;
        public Tensor exp_avg_sq;
        public Tensor? max_exp_avg_sq;

        internal State(Parameter parameter, bool amsgrad)
            : base(parameter)
        {
            exp_avg = ZerosLike(parameter);
            exp_avg_sq = ZerosLike(parameter);
            max_exp_avg_sq = amsgrad ? ZerosLike(parameter) : null;
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            Save(writer, exp_avg);
            Save(writer, exp_avg_sq);
            Save(writer, max_exp_avg_sq);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref exp_avg!);
            Load(reader, ref exp_avg_sq!);
            Load(reader, ref max_exp_avg_sq);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Replace(other.exp_avg, ref exp_avg!);
            Replace(other.exp_avg_sq, ref exp_avg_sq!);
            Replace(other.max_exp_avg_sq, ref max_exp_avg_sq);
        }

        protected override void Dispose(bool disposing)
        {
            exp_avg.Dispose();
            exp_avg_sq.Dispose();
            max_exp_avg_sq?.Dispose();
        }
    }
}

/// <summary>Adam whose weight decay acts on the weights, not on the gradient (Loshchilov and Hutter 2019).</summary>
public class AdamW : Adam
{
    public AdamW(IEnumerable<Parameter> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : this(Single(parameters), lr, beta1, beta2, eps, weight_decay, amsgrad, maximize)
    {
    }

    public AdamW(IEnumerable<ParamGroup> parameters, double lr = 0.001, double beta1 = 0.9, double beta2 = 0.999, double eps = 1E-08, double weight_decay = 0, bool amsgrad = false, bool maximize = false)
        : base(parameters, new Options(lr, beta1, beta2, eps, weight_decay, amsgrad, maximize), decoupled: true)
    {
    }
}
