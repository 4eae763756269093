namespace YieldLab.Notebooks.Showing;

/// <summary>Names the formatters of a type. Kernels know this attribute by its name and find all else by reflection, so that
/// no library of theirs is needed; the shape is that of .NET Interactive's own
/// (https://github.com/dotnet/interactive/pull/2053).</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class TypeFormatterSourceAttribute(Type formatterSourceType) : Attribute
{
    public Type FormatterSourceType { get; } = formatterSourceType;

    /// <summary>What is shown, all of it.</summary>
    public string[] PreferredMimeTypes { get; set; } = [];
}
