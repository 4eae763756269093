namespace YieldLab.Studies.Settings;

/// <summary>Keys of a study that are set from outside its file, all to the same value.</summary>
/// <param name="Setting">"key=value"; the key's parts are joined by points, the value is YAML. Several keys are separated by
/// commas, and * stands for one part of a key.</param>
/// <param name="Origin">How messages name it: the option as the user typed it.</param>
public sealed record StudyChange(string Setting, string Origin)
{
    /// <summary>A change as <c>--set key=value</c> makes it.</summary>
    public static StudyChange Set(string setting) => new(setting, $"--set {setting}");

    /// <summary>Values of a key as <c>--sweep key=[...]</c> gives them.</summary>
    public static StudyChange Sweep(string setting) => new(setting, $"--sweep {setting}");

    /// <summary>The keys, each once.</summary>
    /// <exception cref="StudyException">There is no value, no key, or none that is like one with a *.</exception>
    internal IReadOnlyList<string> Keys =>
        Equal >= 0 && Setting[..Equal].Trim(' ', ',').Length > 0
            ? KeyPattern.Keys(Origin, Setting[..Equal], SweepKeys.Scalars)
            : throw new StudyException($"{Origin}: expected key=value, such as --set training.epochs=20");

    /// <summary>The value's text.</summary>
    internal string Value => Setting[(Equal + 1)..];

    private int Equal => Setting.IndexOf('=');
}
