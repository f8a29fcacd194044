module Orchestrator.Experiments.Tests.Report.LabelTests

open Orchestrator.Core.Evaluation
open Orchestrator.Experiments.Report
open Xunit

[<Theory>]
[<InlineData("val/elbo", "validation ELBO")>]
[<InlineData("train/discriminator_loss", "training discriminator loss")>]
[<InlineData("test/mse.mean.n2000", "test MSE (posterior mean, 2,000 images)")>]
[<InlineData("test/mse.pca", "test MSE (best linear code)")>]
[<InlineData("test/mig.mean.hist20.n2000", "test MIG (posterior mean, 20 bins, 2,000 images)")>]
[<InlineData("test/anomaly_auc.elbo.sample1", "test anomaly AUC (ELBO, one sample)")>]
[<InlineData("test/frechet_classifier.n10000", "test Fréchet distance (our classifier's features, 10,000 images)")>]
[<InlineData("test/sharpness", "test sharpness")>]
[<InlineData("test/iwae", "test IWAE")>]
[<InlineData("test/auc", "test AUC")>]
let ``a metric is read as people say it`` (id: string) (words: string) = Assert.Equal(words, Labels.metric id)

[<Fact>]
let ``no two metrics are read alike`` () =
    let words =
        MetricCatalogue.All
        |> Seq.map (fun metric -> Labels.metric metric.Name)
        |> List.ofSeq

    Assert.Equal<string list>(words, List.distinct words)

[<Theory>]
[<InlineData("decoded codes", "Decoded codes")>]
[<InlineData("t-SNE of the codes", "t-SNE of the codes")>]
let ``a sentence begins with a capital, unless with a name that has none`` (words: string) (sentence: string) =
    Assert.Equal(sentence, Labels.capital words)
