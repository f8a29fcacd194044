using System;
using System.Collections.Generic;
using System.IO;
using Orchestrator.LibTorch.Interop;
using static TorchSharp.torch;

namespace TorchSharp.Modules;

/// <summary>Stochastic gradient descent, with momentum (plain or Nesterov's) as torch.optim computes it.</summary>
public class SGD : OptimizerHelper
{
    public SGD(IEnumerable<Parameter> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : this(Single(parameters), lr, momentum, dampening, weight_decay, nesterov, maximize)
    {
    }

    public SGD(IEnumerable<ParamGroup> parameters, double lr = 0.001, double momentum = 0, double dampening = 0, double weight_decay = 0, bool nesterov = false, bool maximize = false)
        : base(parameters, new Options(lr, momentum, dampening, weight_decay, nesterov, maximize))
    {
    }

    private protected override OptimizerState NewState(Parameter parameter, OptimizerOptions options) => new State(parameter);

    private protected override unsafe void Step(ParamGroup group, int firstState)
    {
        var members = group.Members;
        var settings = ((Options)group.Options).Settings(group.LearningRate);
        var handles = Check.Handles(members);
        var buffers = new nint[members.Length];
        for (var i = 0; i < buffers.Length; i++)
        {
            buffers[i] = ((State)States[firstState + i]).momentum_buffer?.Handle ?? 0;
        }

        fixed (nint* list = handles, bufferList = buffers)
        {
            Check.Done(Native.ot_sgd_step(&settings, list, bufferList, handles.Length), group, this);
        }

        for (var i = 0; i < buffers.Length; i++)
        {
            var state = (State)States[firstState + i];
            if (state.momentum_buffer is null && buffers[i] != 0)
            {
                state.momentum_buffer = new Tensor(buffers[i]).DetachFromDisposeScope();
            }
        }
    }

    public class Options : OptimizerOptions
    {
        public double momentum;
        public double dampening;
        public double weight_decay;
        public bool nesterov;
        public bool maximize;

        internal Options(double lr, double momentum, double dampening, double weight_decay, bool nesterov, bool maximize)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(lr);
            ArgumentOutOfRangeException.ThrowIfNegative(momentum);
            ArgumentOutOfRangeException.ThrowIfNegative(weight_decay);
            if (nesterov && (momentum <= 0 || dampening != 0))
            {
                throw new ArgumentException("Nesterov momentum requires a momentum and zero dampening");
            }

            (LearningRate, InitialLearningRate) = (lr, lr);
            (this.momentum, this.dampening, this.weight_decay) = (momentum, dampening, weight_decay);
            (this.nesterov, this.maximize) = (nesterov, maximize);
        }

        internal SgdSettings Settings(double lr) => new()
        {
            LearningRate = lr,
            Momentum = momentum,
            Dampening = dampening,
            WeightDecay = weight_decay,
            Nesterov = nesterov ? 1 : 0,
            Maximize = maximize ? 1 : 0,
        };

        public override void SaveStateDict(BinaryWriter writer)
        {
            base.SaveStateDict(writer);
            writer.Write(momentum);
            writer.Write(dampening);
            writer.Write(weight_decay);
            writer.Write(nesterov);
            writer.Write(maximize);
        }

        public override void LoadStateDict(BinaryReader reader)
        {
            base.LoadStateDict(reader);
            momentum = reader.ReadDouble();
            dampening = reader.ReadDouble();
            weight_decay = reader.ReadDouble();
            nesterov = reader.ReadBoolean();
            maximize = reader.ReadBoolean();
        }

        public override void LoadStateDict(OptimizerOptions source)
        {
            base.LoadStateDict(source);
            var other = (Options)source;
            (momentum, dampening, weight_decay) = (other.momentum, other.dampening, other.weight_decay);
            (nesterov, maximize) = (other.nesterov, other.maximize);
        }

        internal override OptimizerOptions Clone() => (OptimizerOptions)MemberwiseClone();
    }

    public class State : OptimizerState
    {
        /// <summary>Null until the first step with momentum.</summary>
        public Tensor? momentum_buffer;

        internal State(Parameter parameter)
            : base(parameter)
        {
        }

        public override void SaveStateDict(BinaryWriter writer) => Save(writer, momentum_buffer);

        public override void LoadStateDict(BinaryReader reader) => Load(reader, ref momentum_buffer);

        public override void LoadStateDict(OptimizerState source) => Replace(((State)source).momentum_buffer, ref momentum_buffer);

        protected override void Dispose(bool disposing) => momentum_buffer?.Dispose();
    }
}
