using System.Text.Json;
using Orchestrator.Core.Batches;
using Orchestrator.Core.Contracts;
using Orchestrator.Core.Data;
using Orchestrator.Core.Evaluation.Artifacts;
using Orchestrator.Core.Evaluation.Artifacts.Plots;
using Orchestrator.Core.Evaluation.Readings;
using Orchestrator.Core.Latent;
using Orchestrator.Core.Models;
using Orchestrator.Core.Models.Networks;
using Orchestrator.Core.Objectives;
using Orchestrator.Core.Training;
using static TorchSharp.torch;

namespace Orchestrator.Core.Tests.Evaluation;

[Collection("torch")]
public sealed class ArtifactTests
{
    private static readonly ParameterSet Planar = Some.Configuration.With(ModelParameters.Latent, 2);

    [Fact]
    public void A_point_lies_where_its_coordinates_say_in_the_colour_of_its_label()
    {
        var plot = new ScatterPlot(new LatentCodes([0, 0, 1, 1, 0, 1, 1, 0], 2), ticks: false);
        plot.Dots([0, 1, 2, 3]);
        var picture = plot.Picture;

        // Label 1 at (1, 1): up and to the right of label 0; 2 above 0; 3 to the right.
        var places = Enumerable.Range(0, 4).Select(label => Centre(picture, Colour.OfLabel(label))).ToArray();
        Assert.True(places[1].X > places[0].X + 400 && places[1].Y < places[0].Y - 400);
        Assert.Equal(places[0].X, places[2].X);
        Assert.Equal(places[0].Y, places[3].Y);
    }

    [Fact]
    public void Every_label_of_ten_has_a_colour_of_its_own() =>
        Assert.Equal(10, Enumerable.Range(0, 10).Select(Colour.OfLabel).Distinct().Count());

    [Fact]
    public void Points_that_coincide_can_be_drawn()
    {
        var plot = new ScatterPlot(new LatentCodes(new float[20], 2), ticks: true);
        plot.Dots(null);

        Assert.NotEqual((-1, -1), Centre(plot.Picture, Colour.OfLabel(0)));
    }

    [Fact]
    public void The_latent_file_has_both_projections_with_labels_and_places_in_the_test_set()
    {
        using var data = Data();
        using var model = SomeModel.Build(Some.Configuration, 1);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var file = new LatentMap(LatentSnapshot.Take(model, data, default)).ToJson();

        var json = JsonDocument.Parse(file).RootElement;
        Assert.True(file.Length < 150_000);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("codes").ValueKind);
        foreach (var name in new[] { "indices", "labels", "pca", "tsne" })
            Assert.Equal(1000, json.GetProperty(name).GetArrayLength());
        var (index, label) = (json.GetProperty("indices")[7].GetInt32(), json.GetProperty("labels")[7].GetInt32());
        Assert.Equal(data.Dataset.Test.Labels!.Value.Span[index], label);
    }

    [Fact]
    public void The_same_thumbnails_come_from_every_model_of_the_same_data()
    {
        using var data = Data();
        using var first = SomeModel.Build(Some.Configuration, 1);
        using var second = SomeModel.Build(Some.Convolutional, 2);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var snapshot = LatentSnapshot.Take(first, data, default);
        var (one, other) = (Thumbnails.Of(snapshot, 1000), Thumbnails.Of(LatentSnapshot.Take(second, data, default), 1000));

        Assert.Equal(one.Sheet.Pixels.ToArray(), other.Sheet.Pixels.ToArray());
        Assert.Equal((1000, 28), (one.Count, one.Tile.Height));
        Assert.InRange(PngWriter.Encode(one.Sheet).Length, 1000, 300_000);
        var image = data.Dataset.Test.Image(snapshot.Indices[26]);
        // The 27th picture is the second of the second row; each pixel is the nearest of 16 levels.
        for (var column = 0; column < 28; column++)
            Assert.Equal(Math.Round(image[14 * 28 + column] / 17.0) * 17, one.Sheet.Pixels.Span[(28 + 14) * 25 * 28 + 28 + column]);
    }

    [Fact]
    public void Large_images_shrink_to_the_mean_of_their_pixels()
    {
        var pixels = Enumerable.Range(0, 64 * 64).Select(i => i / 64 % 2 == 0 ? 1f : 0f).ToArray();
        var snapshot = new LatentSnapshot(new LatentCodes([0, 0], 2), null, [], pixels, pixels, new ImageShape(1, 64, 64), [0]);
        var thumbnails = Thumbnails.Of(snapshot, 10);

        Assert.Equal((1, 32, 32), (thumbnails.Count, thumbnails.Tile.Height, thumbnails.Tile.Width));
        Assert.Equal(136, thumbnails.Sheet.Pixels.Span[0]);
    }

    [Fact]
    public void The_decoder_file_decodes_to_the_same_images()
    {
        using var model = SomeModel.Build(Planar, 1);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var file = DecoderFile.Of(model, CodeRange.Of(model, null, CPU), new ImageShape(1, 28, 28), CPU)!;

        var json = JsonDocument.Parse(file).RootElement;
        Assert.Equal("sigmoid", json.GetProperty("mean").GetString());
        foreach (var check in json.GetProperty("checks").EnumerateArray())
        {
            double[] values = [.. check.GetProperty("z").EnumerateArray().Select(z => z.GetDouble())];
            foreach (var layer in json.GetProperty("layers").EnumerateArray())
                values = Apply(layer, values);
            Assert.Equal(Floats(check.GetProperty("image")), values.Select(value => (float)(1 / (1 + Math.Exp(-value)))), (a, b) => Math.Abs(a - b) < 5e-5);
        }
    }

    [Fact]
    public void Decoders_that_a_page_could_not_follow_are_not_written()
    {
        using var large = SomeModel.Build(Some.Configuration.With(DenseNetwork.Hidden, [512]), 1);
        using var continuous = SomeModel.Build(Some.Configuration.With(ObjectiveParameters.Likelihood, "continuous-bernoulli"), 1);
        using var scope = NewDisposeScope();
        using var guard = no_grad();

        Assert.All([large, continuous], model => Assert.Null(DecoderFile.Of(model, CodeRange.Of(model, null, CPU), new ImageShape(1, 28, 28), CPU)));
    }

    [Fact]
    public void Sprites_are_decoded_along_the_dimensions_that_vary_most()
    {
        using var data = Data();
        using var model = SomeModel.Build(Some.Configuration, 1);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var snapshot = LatentSnapshot.Take(model, data, default);
        var range = CodeRange.Of(model, snapshot, CPU);
        var json = JsonDocument.Parse(DecodedSprites.Of(model, snapshot, range, data.Shape.Image, CPU)).RootElement;
        var (dimensions, steps) = (json.GetProperty("dimensions").EnumerateArray().Select(d => d.GetInt32()).ToArray(), json.GetProperty("steps").GetInt32());
        Assert.Equal(dimensions.OrderByDescending(d => snapshot.Moments(d).Deviation), dimensions);

        // The last image of the first row: that dimension at 3, the others at 0.
        var code = new float[3];
        code[dimensions[0]] = 3;
        var expected = PixelBytes.Of(model.Expected(tensor(code, [1, 3]), null));
        var sheet = PngReader.Decode(json.GetProperty("png").GetBytesFromBase64(), "png");
        Assert.Equal((3 * 28, steps * 28), (sheet.Shape.Height, sheet.Shape.Width));
        for (var row = 0; row < 28; row++)
            Assert.Equal(expected.AsSpan(row * 28, 28).ToArray(), sheet.Pixels.Slice(row * sheet.Shape.Width + (steps - 1) * 28, 28).ToArray());
    }

    [Fact]
    public void Pictures_stay_small_and_a_conditional_model_shows_every_class()
    {
        using var folder = new TemporaryFolder();
        var parameters = Planar.With(ModelParameters.Family, "cvae");

        var outcome = Trainer.Train(Some.Trial(parameters, 1), Some.Environment(folder.Path), new RecordingObserver(), default);

        Assert.Null(outcome.Error);
        var pictures = outcome.Artifacts.Where(artifact => artifact.Path.EndsWith(".png", StringComparison.Ordinal)).ToArray();
        Assert.All(pictures, picture => Assert.InRange(picture.Bytes, 100, 150_000));
        var classes = PngReader.Decode(File.ReadAllBytes(folder.File("classes.png")), "classes.png");
        Assert.Equal((3 * 30 + 2, 10 * 30 + 2), (classes.Shape.Height, classes.Shape.Width));
    }

    [Fact]
    public void An_interpolation_begins_and_ends_with_images_of_different_classes()
    {
        using var data = Data();
        using var model = SomeModel.Build(Some.Configuration, 1);
        using var scope = NewDisposeScope();
        using var guard = no_grad();
        var snapshot = LatentSnapshot.Take(model, data, default);
        var sheet = InterpolationSheet.Draw(model, snapshot, data.Shape.Image, CPU);

        var first = Cell(sheet, 0);
        var last = Cell(sheet, 10);
        Assert.Equal(data.Dataset.Test.Image(snapshot.Indices[0]).ToArray(), first);
        var end = Enumerable.Range(0, 50).First(i => data.Dataset.Test.Image(snapshot.Indices[i]).SequenceEqual(last));
        Assert.NotEqual(snapshot.Labels![0], snapshot.Labels[end]);
    }

    private static byte[] Cell(Picture sheet, int column) =>
        [.. Enumerable.Range(0, 28).SelectMany(row => sheet.Pixels.Slice((2 + row) * sheet.Shape.Width + 2 + column * 30, 28).ToArray())];

    private static (int X, int Y) Centre(Picture picture, Colour colour)
    {
        var (plane, width) = (picture.Shape.Height * picture.Shape.Width, picture.Shape.Width);
        var pixels = picture.Pixels.ToArray();
        // The legend stands to the right of the frame.
        var found = Enumerable.Range(0, plane).Where(i => i % width < 604
            && pixels[i] == colour.Red && pixels[plane + i] == colour.Green && pixels[2 * plane + i] == colour.Blue).ToArray();
        return found.Length == 0 ? (-1, -1) : ((int)found.Average(i => i % width), (int)found.Average(i => i / width));
    }

    private static double[] Apply(JsonElement layer, double[] input)
    {
        if (layer.GetProperty("type").GetString() == "relu")
            return [.. input.Select(value => Math.Max(0, value))];
        if (layer.GetProperty("type").GetString() == "unflatten")
            return input;
        var (weight, bias) = (Weights(layer.GetProperty("weight")), Weights(layer.GetProperty("bias")));
        return [.. bias.Select((b, row) => b + input.Select((value, column) => value * weight[row * input.Length + column]).Sum())];
    }

    // The lowest byte of each float is not kept.
    private static float[] Weights(JsonElement base64)
    {
        var bytes = base64.GetBytesFromBase64();
        return [.. Enumerable.Range(0, bytes.Length / 3).Select(i => BitConverter.ToSingle([0, .. bytes.AsSpan(3 * i, 3)]))];
    }

    private static float[] Floats(JsonElement base64)
    {
        var bytes = base64.GetBytesFromBase64();
        return [.. Enumerable.Range(0, bytes.Length / 4).Select(i => BitConverter.ToSingle(bytes, 4 * i))];
    }

    private static TrialData Data() => new(DatasetFacts.Load(Some.Configuration, null, default), 9000, 1, CPU);
}
