using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using Orchestrator.Core.Training;

namespace Orchestrator.Core.Tests;

/// <summary>Core's public surface as text, so that a change of it is read before it is made.</summary>
public sealed class PublicApiTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // What every record has.
    private static readonly string[] Synthesized =
        ["Equals", "GetHashCode", "ToString", "Deconstruct", "PrintMembers", "op_Equality", "op_Inequality", "EqualityContract"];

    [Fact]
    public void The_public_surface_is_the_approved_one()
    {
        var path = Path.Combine(Folder(), "PublicApi.approved.txt");
        var surface = Surface(typeof(Trainer).Assembly);
        if (Environment.GetEnvironmentVariable("APPROVE") == "1")
            File.WriteAllText(path, surface);
        Assert.Equal(File.ReadAllText(path), surface);
    }

    private static string Surface(Assembly assembly)
    {
        var text = new StringBuilder();
        foreach (var type in assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append($"{Kind(type)} {Name(type)}{Bases(type)}\n");
            foreach (var member in Members(type).Order(StringComparer.Ordinal))
                text.Append($"    {member}\n");
        }
        return text.ToString();
    }

    private static string[] Members(Type type)
    {
        if (type.IsEnum)
            return type.GetEnumNames();
        var fields = type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily)
            .Select(field => $"{Name(field.FieldType)} {field.Name}");
        var constructors = type.GetConstructors(Declared).Where(IsVisible).Select(made => $"new({Parameters(made)})");
        var properties = type.GetProperties(Declared)
            .Where(property => property.GetAccessors(true).Any(IsVisible) && !Synthesized.Contains(property.Name))
            .Select(property => $"{Static(property.GetAccessors(true)[0])}{Name(property.PropertyType)} {property.Name} {{ {Accessors(property)} }}");
        var methods = type.GetMethods(Declared)
            .Where(method => IsVisible(method) && !method.IsSpecialName && !Synthesized.Contains(method.Name) && !method.Name.StartsWith('<'))
            .Select(method => $"{Static(method)}{Name(method.ReturnType)} {method.Name}{Generic(method)}({Parameters(method)})");
        return [.. fields, .. constructors, .. properties, .. methods];
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static string Static(MethodBase method) => method.IsStatic ? "static " : "";

    private static string Generic(MethodInfo method) =>
        method.IsGenericMethod ? $"<{string.Join(", ", method.GetGenericArguments().Select(Name))}>" : "";

    private static string Parameters(MethodBase method) =>
        string.Join(", ", method.GetParameters().Select(parameter => $"{Name(parameter.ParameterType)} {parameter.Name}"));

    private static string Accessors(PropertyInfo property)
    {
        var setter = property.SetMethod is { } set && IsVisible(set)
            ? set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) ? " init;" : " set;"
            : "";
        return (property.GetMethod is { } get && IsVisible(get) ? "get;" : "") + setter;
    }

    private static string Kind(Type type) =>
        type.IsEnum ? "enum"
        : type.IsInterface ? "interface"
        : type.IsValueType ? "struct"
        : typeof(Delegate).IsAssignableFrom(type) ? "delegate"
        : type.IsAbstract && type.IsSealed ? "static class"
        : type.IsAbstract ? "abstract class"
        : type.IsSealed ? "sealed class"
        : "class";

    private static string Bases(Type type)
    {
        if (type.IsEnum || type.IsValueType)
            return "";
        var above = type.BaseType is { } parent && parent != typeof(object) ? new[] { parent } : [];
        Type[] all = [.. above, .. type.GetInterfaces().Where(i => !i.IsGenericType).OrderBy(i => i.FullName, StringComparer.Ordinal)];
        return all.Length == 0 ? "" : $" : {string.Join(", ", all.Select(Name))}";
    }

    private static string Name(Type type)
    {
        if (type.IsArray)
            return Name(type.GetElementType()!) + "[]";
        if (type.IsGenericParameter || type.IsByRef)
            return type.Name;
        var own = type.Namespace?.StartsWith("Orchestrator", StringComparison.Ordinal) == true && type.FullName is { } full ? full : type.Name;
        var plain = own.Split('[')[0].Split('`')[0];
        return type.IsGenericType ? $"{plain}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>" : plain;
    }

    private static string Folder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
