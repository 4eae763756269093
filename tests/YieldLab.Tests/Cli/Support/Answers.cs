using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>What every refusal has in common: exit code 1, nothing on standard output, one line on standard error.</summary>
internal static class Answers
{
    /// <summary>Refused with exactly this line.</summary>
    public static void IsRefusedWith(this Answer answer, string message)
    {
        // The whole of standard error, so a stack trace or a second line fails as well.
        Assert.Equal($"yieldlab: {message}{Environment.NewLine}", answer.Error);
        Assert.Equal("", answer.Output);
        Assert.Equal(1, answer.ExitCode);
    }

    /// <summary>Refused with one line that contains these words: for messages whose wording is open.</summary>
    public static void IsRefusedNaming(this Answer answer, params string[] words)
    {
        Assert.Matches($@"\Ayieldlab: [^\r\n]+{Environment.NewLine}\z", answer.Error);
        foreach (string word in words)
            Assert.Contains(word, answer.Error, StringComparison.Ordinal);
        Assert.Equal("", answer.Output);
        Assert.Equal(1, answer.ExitCode);
    }

    /// <summary>A text without its line breaks and indents: a long line is broken where it has to be.</summary>
    public static string Unwrapped(this string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Worked, and had nothing to complain about.</summary>
    public static string Succeeded(this Answer answer)
    {
        Assert.Equal("", answer.Error);
        Assert.Equal(0, answer.ExitCode);
        return answer.Output;
    }
}
