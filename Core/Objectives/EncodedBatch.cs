using Orchestrator.Core.Batches;
using Orchestrator.Core.Latent;
using static TorchSharp.torch;

namespace Orchestrator.Core.Objectives;

/// <summary>A training batch on its way through an autoencoder: what a regulariser may look at.</summary>
/// <param name="Batch">The images and labels, clean.</param>
/// <param name="Posterior">q(z|x).</param>
/// <param name="Codes">A sample of it (the last one drawn), <c>[batch, latent]</c>.</param>
/// <param name="Divergence">KL(q(z|x) ‖ p(z)) of each image, <c>[batch]</c>, in nats; null where the code has no prior.</param>
/// <param name="Step">Where the training stands.</param>
internal readonly record struct EncodedBatch(
    Batch Batch, Posterior Posterior, Tensor Codes, Tensor? Divergence, TrainingStep Step);
