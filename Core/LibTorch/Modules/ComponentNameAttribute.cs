using System;

namespace TorchSharp.Utils;

/// <summary>The name of a field's component in the state dict, where it differs from the field's.</summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class ComponentNameAttribute : Attribute
{
    public string? Name { get; set; }
}
