using System.Text.RegularExpressions;

namespace YieldLab.Studies.Clusters;

/// <summary>Texts that a cluster would refuse later, refused at once.</summary>
internal static class Allowed
{
    /// <summary>The text.</summary>
    /// <param name="option">The option that gave it.</param>
    /// <param name="text">The text; null where the option was not given.</param>
    /// <param name="form">What it must match.</param>
    /// <param name="expected">What the message says was expected.</param>
    /// <exception cref="StudyException">It does not match.</exception>
    public static string? Text(string option, string? text, Regex form, string expected) =>
        text is null || form.IsMatch(text)
            ? text
            : throw new StudyException($"{option}: '{text}' is not allowed; expected {expected}");
}
