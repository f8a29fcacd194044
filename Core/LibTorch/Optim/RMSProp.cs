using System;
using System.Collections.Generic;
using System.IO;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>RMSProp (Tieleman and Hinton 2012), plain, centred or with momentum, as torch.optim computes it.</summary>
public class RMSProp : OptimizerHelper
{
    public RMSProp(IEnumerable<Parameter> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1E-08, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : this(Single(parameters), lr, alpha, eps, weight_decay, momentum, centered, maximize)
    {
    }

    public RMSProp(IEnumerable<ParamGroup> parameters, double lr = 0.01, double alpha = 0.99, double eps = 1E-08, double weight_decay = 0, double momentum = 0, bool centered = false, bool maximize = false)
        : base(parameters, new Options(lr, alpha, eps, weight_decay, momentum, centered, maximize))
    {
    }

    private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) =>
        new State(parameter, (Options)options);

    private protected override unsafe void Step(ParamGroup group, int firstState)
    {
        var count = group.Members.Length;
        var settings = ((Options)group.Options).Settings(group.LearningRate);
        var handles = new nint[count * 4];
        var steps = new long[count];
        for (var i = 0; i < count; i++)
        {
            var state = (State)States[firstState + i];
            handles[i] = group.Members[i].Handle;
            handles[count + i] = state.square_avg.Handle;
            handles[(count * 2) + i] = state.momentum_buffer?.Handle ?? 0;
            handles[(count * 3) + i] = state.grad_avg?.Handle ?? 0;
            steps[i] = state.step;
        }

        fixed (nint* list = handles)
        fixed (long* stepList = steps)
        {
            Check.Done(Native.ot_rmsprop_step(&settings, list, list + count, list + (count * 2), list + (count * 3), stepList, count), group, this);
        }

        for (var i = 0; i < count; i++)
        {
            ((State)States[firstState + i]).step = steps[i];
        }
    }

    public class Options : OptimizerOptions
    {
        public double alpha;
        public double eps;
        public double weight_decay;
        public double momentum;
        public bool centered;
        public bool maximize;

        internal Options(double lr, double alpha, double eps, double weight_decay, double momentum, bool centered, bool maximize)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lr);
            ArgumentOutOfRangeException.ThrowIfNegative(alpha);
            ArgumentOutOfRangeException.ThrowIfNegative(momentum);
            (LearningRate, InitialLearningRate) = (lr, lr);
            (this.alpha, this.eps, this.weight_decay, this.momentum) = (alpha, eps, weight_decay, momentum);
            (this.centered, this.maximize) = (centered, maximize);
        }

        internal RmsPropSettings Settings(double lr) => new()
        {
            LearningRate = lr,
            Alpha = alpha,
            Eps = eps,
            WeightDecay = weight_decay,
            Momentum = momentum,
            Centered = centered ? 1 : 0,
            Maximize = maximize ? 1 : 0,
        };

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(alpha);
            writer.Write(eps);
            writer.Write(weight_decay);
            writer.Write(momentum);
            writer.Write(centered);
            writer.Write(maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            alpha = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            momentum = reader.ReadDouble();
            centered = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (alpha, eps, weight_decay, momentum) = (other.alpha, other.eps, other.weight_decay, other.momentum);
            (centered, maximize) = (other.centered, other.maximize);
        }

        internal override OptimizerOptions Clone() => (OptimizerOptions)MemberwiseClone();
    }

    public class State : OptimizerState
    {
        public long step;
        public Tensor square_avg;
        public Tensor? momentum_buffer;
        public Tensor? grad_avg;

        internal State(Parameter parameter, Options options)
            : base(parameter)
        {
            square_avg = ZerosLike(parameter);
            momentum_buffer = options.momentum > 0 ? ZerosLike(parameter) : null;
            grad_avg = options.centered ? ZerosLike(parameter) : null;
        }

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            Save(writer, square_avg);
            Save(writer, momentum_buffer);
            Save(writer, grad_avg);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref square_avg!);
            Load(reader, ref momentum_buffer);
            Load(reader, ref grad_avg);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Replace(other.square_avg, ref square_avg!);
            Replace(other.momentum_buffer, ref momentum_buffer);
            Replace(other.grad_avg, ref grad_avg);
        }

        protected override void Dispose(bool disposing)
        {
            square_avg.Dispose();
            momentum_buffer?.Dispose();
            grad_avg?.Dispose();
        }
    }
}
