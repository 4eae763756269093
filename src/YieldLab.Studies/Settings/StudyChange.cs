namespace YieldLab.Studies.Settings;

/// <summary>A key of a study that is set from outside its file.</summary>
/// <param name="Setting">"key=value"; the key's parts are joined by points, the value is YAML.</param>
/// <param name="Origin">How messages name it: the option as the user typed it.</param>
public sealed record StudyChange(string Setting, string Origin)
{
    /// <summary>A change as <c>--set key=value</c> makes it.</summary>
    public static StudyChange Set(string setting) => new(setting, $"--set {setting}");

    /// <summary>Values of a key as <c>--sweep key=[...]</c> gives them.</summary>
    public static StudyChange Sweep(string setting) => new(setting, $"--sweep {setting}");
}
