using Orchestrator.Core.Models;
using static TorchSharp.torch;

namespace Orchestrator.Core.Evaluation.Artifacts;

/// <summary>Labels for codes that are decoded outside of a batch.</summary>
internal static class ClassLabels
{
    /// <summary>A class for each code, <c>[count]</c>; null for a model that conditions on none.</summary>
    public static Tensor? For(Autoencoder model, IEnumerable<long> classes, Device device) =>
        model.Classes > 0 ? tensor(classes.ToArray()).to(device) : null;
}
