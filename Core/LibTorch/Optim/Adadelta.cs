using System;
using System.Collections.Generic;
using System.IO;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Adadelta (Zeiler 2012) as torch.optim computes it.</summary>
public class Adadelta : OptimizerHelper
{
    public Adadelta(IEnumerable<Parameter> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
        : this(Single(parameters), lr, rho, eps, weight_decay, maximize)
    {
    }

    public Adadelta(IEnumerable<ParamGroup> parameters, double lr = 1.0, double rho = 0.9, double eps = 1e-6, double weight_decay = 0, bool maximize = false)
        : base(parameters, new Options(lr, rho, eps, weight_decay, maximize))
    {
    }

    private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter);

    private protected override unsafe void Step(ParamGroup group, int firstState)
    {
        var count = group.Members.Length;
        var settings = ((Options)group.Options).Settings(group.LearningRate);
        var handles = new nint[count * 3];
        var steps = new long[count];
        for (var i = 0; i < count; i++)
        {
            var state = (State)States[firstState + i];
            handles[i] = group.Members[i].Handle;
            handles[count + i] = state.square_avg.Handle;
            handles[(count * 2) + i] = state.acc_delta.Handle;
            steps[i] = state.step;
        }

        fixed (nint* list = handles)
        fixed (long* stepList = steps)
        {
            Check.Done(Native.ot_adadelta_step(&settings, list, list + count, list + (count * 2), stepList, count), group, this);
        }

        for (var i = 0; i < count; i++)
        {
            ((State)States[firstState + i]).step = steps[i];
        }
    }

    public class Options : OptimizerOptions
    {
        public double rho;
        public double eps;
        public double weight_decay;
        public bool maximize;

        internal Options(double lr, double rho, double eps, double weight_decay, bool maximize)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lr);
            if (rho is < 0 or > 1)
            {
                throw new ArgumentOutOfRangeException(nameof(rho), rho, "rho must lie in [0, 1].");
            }

            (LearningRate, InitialLearningRate) = (lr, lr);
            (this.rho, this.eps, this.weight_decay, this.maximize) = (rho, eps, weight_decay, maximize);
        }

        internal AdadeltaSettings Settings(double lr) => new()
        {
            LearningRate = lr,
            Rho = rho,
            Eps = eps,
            WeightDecay = weight_decay,
            Maximize = maximize ? 1 : 0,
        };

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(rho);
            writer.Write(eps);
            writer.Write(weight_decay);
            writer.Write(maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            rho = reader.ReadDouble();
            eps = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            maximize = reader.ReadBoolean();
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (rho, eps, weight_decay, maximize) = (other.rho, other.eps, other.weight_decay, other.maximize);
        }

        internal override OptimizerOptions Clone() => (OptimizerOptions)MemberwiseClone();
    }

    public class State : OptimizerState
    {
        public long step;
        public Tensor square_avg;
        public Tensor acc_delta;

        internal State(Parameter parameter)
            : base(parameter) => (square_avg, acc_delta) = (ZerosLike(parameter), ZerosLike(parameter));

        public override void SaveStateDict(BinaryWriter writer)
        {
            writer.Write(step);
            Save(writer, square_avg);
            Save(writer, acc_delta);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            step = reader.ReadInt64();
            Load(reader, ref square_avg!);
            Load(reader, ref acc_delta!);
        }

        public override void LoadStateDict(OptimizerState source)
        {
            var other = (State)source;
            step = other.step;
            Replace(other.square_avg, ref square_avg!);
            Replace(other.acc_delta, ref acc_delta!);
        }

        protected override void Dispose(bool disposing)
        {
            square_avg.Dispose();
            acc_delta.Dispose();
        }
    }
}
