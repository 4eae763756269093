using System.CommandLine;

namespace YieldLab.Cli.Commands;

/// <summary><c>yieldlab completion</c>: a script that has a shell complete command lines. Each script asks the program for
/// what can stand at the cursor, with System.CommandLine's directive <c>[suggest]</c>.</summary>
internal static class CompletionCommand
{
    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = "yieldlab.bash",
        ["zsh"] = "yieldlab.zsh",
        ["fish"] = "yieldlab.fish",
        ["pwsh"] = "yieldlab.ps1",
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh, fish or pwsh" };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", "Print the script with which a shell completes command lines")
        {
            shell,
        };
        command.SetAction(parsed =>
        {
            Console.Write(Text(Scripts[parsed.GetRequiredValue(shell)]));
            return 0;
        });
        return command;
    }

    private static string Text(string script)
    {
        using Stream file = typeof(CompletionCommand).Assembly.GetManifestResourceStream(script)!;
        return new StreamReader(file).ReadToEnd();
    }
}
