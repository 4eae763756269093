namespace YieldLab.Statistics.Random;

/// <summary>
/// A named stream of draws. The name is its address for ever: streams are independent of each other and of the order
/// in which a program declares or uses them, so a new parameter changes no old number.
/// </summary>
/// <remarks>
/// By convention a name starts with its purpose, and no two purposes share a stream: <c>silicon/</c> (what makes a die),
/// <c>algorithm/</c> (split and order of examples), <c>noise/</c> (temporal noise), <c>inference/</c> (resampling of results).
/// </remarks>
public readonly record struct RandomStream
{
    public RandomStream(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        Id = Fnv1a(name);
    }

    public string Name { get; }

    /// <summary>The 32-bit FNV-1a hash of the name: the word of the Philox counter that stands for the stream.</summary>
    public uint Id { get; }

    private static uint Fnv1a(string text)
    {
        uint hash = 2166136261;
        foreach (byte b in System.Text.Encoding.UTF8.GetBytes(text))
            hash = (hash ^ b) * 16777619;
        return hash;
    }
}
