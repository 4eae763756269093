namespace YieldLab.Statistics.Sensitivity;

/// <summary>What a group of inputs does to a quantity.</summary>
/// <param name="First">First-order index: the part of the variance that the group explains on its own; it would go if the
/// group were held at one (random) value. Also: closed index, main effect, correlation ratio.</param>
/// <param name="Total">Total index: the part in which the group takes part, alone or together with others; it would stay
/// if all other groups were held.</param>
public sealed record GroupIndices(SensitivityIndex First, SensitivityIndex Total)
{
    /// <summary>A group that does not vary.</summary>
    public static readonly GroupIndices None = new(SensitivityIndex.None, SensitivityIndex.None);
}
