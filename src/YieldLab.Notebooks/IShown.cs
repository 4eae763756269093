namespace YieldLab.Notebooks;

/// <summary>
/// Something that a cell shows where it ends in it. Three kernels find out how, and none of them is referred to: ours and
/// .NET Interactive by an attribute called <c>TypeFormatterSourceAttribute</c> on the type, which names its formatters; Verso by
/// a method called <c>ToHtml</c>. Everything else has <see cref="object.ToString"/>.
/// </summary>
public interface IShown
{
    /// <summary>As HTML without scripts and styles.</summary>
    string ToHtml();

    /// <summary>As plain text.</summary>
    string ToString();
}
