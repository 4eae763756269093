using System.Diagnostics;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>The script for bash, asked by bash as it asks when somebody presses the tab key.</summary>
public sealed class CompletionTests
{
    private const string Bash = "/bin/bash";

    // What bash sets before it calls the function that a script named; -o default adds files where that finds nothing.
    private const string Ask = """
        source script
        complete -p yieldlab
        while IFS= read -r COMP_LINE; do
          COMP_POINT=${#COMP_LINE}
          read -ra COMP_WORDS <<< "$COMP_LINE"
          [[ $COMP_LINE == *' ' ]] && COMP_WORDS+=("")
          COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
          word=${COMP_WORDS[COMP_CWORD]}
          _yieldlab "${COMP_WORDS[0]}" "$word"
          [ ${#COMPREPLY[@]} -gt 0 ] || COMPREPLY=($(compgen -f -- "$word"))
          echo "$COMP_LINE: ${COMPREPLY[*]}"
        done
        """;

    [Fact]
    public void Bash_completes_commands_options_values_and_file_names()
    {
        Assert.SkipUnless(File.Exists(Bash), "There is no bash here.");
        using var folder = new StudyFolder();
        folder.Write("script", folder.Run("completion", "bash").Succeeded());
        folder.Write("ask", Ask);
        string[] found = Answer(
            folder,
            "yieldlab sens",
            "yieldlab run --ov",
            "yieldlab run tiny.y",
            "yieldlab run --overwrite tiny.y",
            "yieldlab processes show sky130-",
            "yieldlab summary runs/tiny --interval ",
            "yieldlab sensitivity tiny.yaml --by s",
            "yieldlab completion ",
            "~/yieldlab completion "
        );
        Assert.Equal(
            [
                "complete -o default -F _yieldlab yieldlab",
                "yieldlab sens: sensitivity",
                "yieldlab run --ov: --overwrite",
                "yieldlab run tiny.y: tiny.yaml",
                "yieldlab run --overwrite tiny.y: tiny.yaml",
                "yieldlab processes show sky130-: sky130-nfet-01v8 sky130-pfet-01v8",
                "yieldlab summary runs/tiny --interval : clopper-pearson jeffreys wilson",
                "yieldlab sensitivity tiny.yaml --by s: source stream",
                "yieldlab completion : bash fish pwsh zsh",
                "~/yieldlab completion : bash fish pwsh zsh",
            ],
            found
        );
    }

    [Theory]
    [InlineData("zsh", "compdef _yieldlab yieldlab")]
    [InlineData("fish", "complete -c yieldlab")]
    [InlineData("pwsh", "Register-ArgumentCompleter -Native -CommandName yieldlab")]
    public void Other_shells_get_a_script_that_registers_itself(string shell, string words) =>
        Assert.Contains(words, CommandLine.Run(Repository.Root, "completion", shell).Succeeded());

    [Fact]
    public void Unknown_shell_is_refused_in_one_line() =>
        CommandLine.Run(Repository.Root, "completion", "csh").IsRefusedNaming("'csh'", "'bash'", "'zsh'", "'fish'");

    // A program of that name on the path, as after an installation.
    private static string[] Answer(StudyFolder folder, params string[] lines)
    {
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        string program = folder.PathOf("yieldlab");
        folder.Write("yieldlab", $"#!/bin/sh\nexec '{host}' exec '{CommandLine.Program}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Bash, ["ask"])
        {
            WorkingDirectory = folder.Root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{folder.Root}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = folder.Root;
        using Process bash = Process.Start(start)!;
        bash.StandardInput.Write(string.Concat(lines.Select(line => $"{line}\n")));
        bash.StandardInput.Close();
        string output = bash.StandardOutput.ReadToEnd();
        bash.WaitForExit();
        return output.TrimEnd('\n').Split('\n');
    }
}
