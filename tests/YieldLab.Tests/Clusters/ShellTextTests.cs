using System.Diagnostics;
using CsCheck;
using Xunit;
using YieldLab.Studies.Clusters;

namespace YieldLab.Tests.Clusters;

/// <summary>The oracle is bash: it reads the quoted words back and prints them, a byte 0 behind each.</summary>
public class ShellTextTests
{
    // Everything that means something to a shell, and some that does not.
    private static readonly char[] Characters = [.. " \t\n'\"\\$`!*?[]{}()<>|&;~#%^=,:@+-_./aZ9é€"];

    [Theory]
    [InlineData("")]
    [InlineData("plain-word_1./=:,@%+")]
    [InlineData("it's $HOME \"x\" `y` \\")]
    [InlineData("'")]
    [InlineData("''")]
    [InlineData("noise={shot: on}")]
    [InlineData("a\nb\n")]
    [InlineData("-n")]
    [InlineData("~")]
    public void Bash_reads_a_word_back(string word) => Assert.Equal([word], ReadBack([word]));

    [Fact]
    public void Bash_reads_any_words_back()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash on Windows.");
        // One process for all: 1,000 words are 8,000 characters, each of the 47 about 170 times.
        string[] words = Gen.String[Gen.Int[0, Characters.Length - 1].Select(i => Characters[i]), 0, 16]
            .Array[1000]
            .Single();
        Assert.Equal(words, ReadBack(words));
    }

    [Fact]
    public void Words_without_meaning_stay_readable() =>
        Assert.Equal(
            "yieldlab run /a/b.yaml --set 'temperature={value: 27 C}'",
            ShellText.Line(["yieldlab", "run", "/a/b.yaml", "--set", "temperature={value: 27 C}"])
        );

    private static string[] ReadBack(string[] words)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no bash on Windows.");
        var start = new ProcessStartInfo("bash", ["-s"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new System.Text.UTF8Encoding(false),
            StandardOutputEncoding = System.Text.Encoding.UTF8,
        };
        using Process bash = Process.Start(start)!;
        bash.StandardInput.Write($"printf '%s\\0' {ShellText.Line(words)}\n");
        bash.StandardInput.Close();
        string output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return output.Split('\0')[..^1];
    }
}
