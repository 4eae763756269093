namespace YieldLab.Studies.Text;

/// <summary>What a key of a file means, in one sentence: for the editor schema and for error messages.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MeaningAttribute(string text) : Attribute
{
    public string Text { get; } = text;
}
