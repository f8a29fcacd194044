using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests.Api;

/// <summary>
/// Core compiles against the package TorchSharp as it does against this project's own provider: every member of it that
/// the compiled Core refers to must be one that the package has, with the same parameters, names and defaults.
/// </summary>
public sealed class TorchSharpApiTests
{
    // What only the provider `system` has; Core/Fused/LibTorchOperations.cs alone uses it and is left out elsewhere.
    private const string OwnNamespace = "Orchestrator.LibTorch";

    [Fact]
    public void Core_uses_nothing_of_TorchSharp_that_the_package_has_not()
    {
        var known = Known();

        var unknown = Used().Where(member => !known.Contains(member)).ToArray();

        Assert.True(unknown.Length == 0, $"not in torchsharp-api.txt or torchsharp-reviewed.txt:\n{string.Join('\n', unknown.Select(member => Explain(member, known)))}");
    }

    [Fact]
    public void What_was_reviewed_is_used_and_not_listed_already()
    {
        var used = Used().ToHashSet();
        var listed = Lines("torchsharp-api.txt").ToHashSet();

        Assert.All(Lines("torchsharp-reviewed.txt"), line => Assert.True(used.Contains(line) && !listed.Contains(line), line));
    }

    [Fact]
    public void The_check_sees_calls_with_their_names_and_defaults()
    {
        var used = Used();

        Assert.Contains("torch.nn :: static Linear Linear(long inputSize, long outputSize, bool hasBias = true, Device device = null, ScalarType? dtype = null)", used);
        Assert.Contains("torch.Tensor :: Tensor sum(long dim, bool keepdim = false, ScalarType? type = null)", used);
        Assert.True(used.Length > 50);
    }

    [Fact]
    public void A_parameter_of_another_name_or_default_is_another_member()
    {
        var known = Known();
        var used = Used().Where(member => member.EndsWith(')') && member.Contains(" = ", StringComparison.Ordinal)).ToArray();

        Assert.NotEmpty(used);
        Assert.All(used, member => Assert.DoesNotContain(member.Replace(" = ", "_ = ", StringComparison.Ordinal), known));
        Assert.All(used, member => Assert.DoesNotContain(member.Insert(member.LastIndexOf(')'), "0"), known));
    }

    [Fact]
    public void Overridden_members_and_constants_count_as_used()
    {
        var used = Used();

        Assert.Contains("torch.nn.Module`2 :: TResult forward(T input)", used);
        Assert.Contains("torch.ScalarType :: Float32 = 6", used);
    }

    private static HashSet<string> Known() => [.. Lines("torchsharp-api.txt"), .. Lines("torchsharp-reviewed.txt")];

    private static string Explain(string member, HashSet<string> known)
    {
        var name = member.Split('(')[0];
        var alike = known.Where(line => line.StartsWith(name + '(', StringComparison.Ordinal)).ToArray();
        return alike.Length == 0 ? member : $"{member}\n    the package has: {string.Join("\n    the package has: ", alike)}";
    }

    private static string[] Used()
    {
        var module = typeof(Trainer).Module;
        using var file = new PEReader(File.OpenRead(typeof(Trainer).Assembly.Location));
        return
        [
            .. file.GetMetadataReader().MemberReferences
                .Select(handle => module.ResolveMember(MetadataTokens.GetToken(handle), Open(16), Open(16))!)
                .Concat(module.GetTypes().SelectMany(Overridden))
                .Where(member => IsProvider(member.Module))
                .Select(Definition)
                .Where(member => member.DeclaringType!.Namespace?.StartsWith(OwnNamespace, StringComparison.Ordinal) != true)
                .Select(Signature.Of)
                .Concat(file.GetMetadataReader().TypeReferences.SelectMany(handle => Constants(module, handle)))
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];
    }

    private static bool IsProvider(Module module) => module.Assembly.GetName().Name == "Orchestrator.LibTorch";

    // What a class of Core's overrides is in no table of references.
    private static IEnumerable<MethodInfo> Overridden(Type type) => type
        .GetMethods(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
        .Where(method => method.IsVirtual)
        .Select(method => method.GetBaseDefinition());

    // The compiler writes the number of an enumeration's constant in its place: each name must have the package's number.
    private static IEnumerable<string> Constants(Module module, TypeReferenceHandle handle) =>
        module.ResolveType(MetadataTokens.GetToken(handle)) is { IsEnum: true } type && IsProvider(type.Module)
            ? Enum.GetValues(type).Cast<object>().Select(value => Signature.OfConstant(type, value))
            : [];

    // Stand-ins for the type parameters of whatever generic code a reference stands in.
    private static Type[] Open(int count) => [.. Enumerable.Repeat(typeof(object), count)];

    // The member as it is declared, with its own type parameters in place of what they stand for here.
    private static MemberInfo Definition(MemberInfo member) => member.Module.ResolveMember(member.MetadataToken)!;

    private static IEnumerable<string> Lines(string file) =>
        File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Api", file)).Where(line => line.Length > 0 && line[0] != '#');
}
