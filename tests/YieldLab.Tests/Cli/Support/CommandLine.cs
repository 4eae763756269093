using System.Diagnostics;
using System.Text;
using Xunit;

namespace YieldLab.Tests.Cli;

/// <summary>What a finished process left behind.</summary>
internal sealed record Answer(int ExitCode, string Output, string Error);

/// <summary>The built program, run as a process: exit codes, streams and signals are what users get.</summary>
internal sealed class CommandLine : IDisposable
{
    // Long enough for a busy machine. A program that hangs fails its own test and does not stop the others.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly Task<string> _error;

    private CommandLine(string folder, IReadOnlyDictionary<string, string>? environment, string[] command)
    {
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        _process = Process.Start(start)!;
        // Both at once: a process that fills one pipe while the other is read would wait for ever.
        _output = _process.StandardOutput.ReadToEndAsync();
        _error = _process.StandardError.ReadToEndAsync();
    }

    /// <summary>The program, which the build copies beside the tests.</summary>
    public static string Program { get; } = Path.Combine(AppContext.BaseDirectory, "yieldlab.dll");

    public bool HasExited => _process.HasExited;

    private static string Host => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs to the end, with nothing on standard input.</summary>
    public static Answer Run(string folder, params string[] arguments) => RunWithInput(folder, "", arguments);

    /// <summary>Runs to the end.</summary>
    public static Answer RunWithInput(string folder, string input, params string[] arguments) =>
        WarmProgram.Run(Host, folder, input, arguments, Patience);

    /// <summary>Runs to the end in a process of its own, which leaves no file open.</summary>
    public static Answer RunAlone(string folder, params string[] arguments) =>
        RunWith(new Dictionary<string, string>(), folder, arguments);

    /// <summary>Runs to the end in a process of its own with environment variables added.</summary>
    public static Answer RunWith(
        IReadOnlyDictionary<string, string> environment,
        string folder,
        params string[] arguments
    )
    {
        using var program = new CommandLine(folder, environment, Command(arguments));
        return program.Finish("");
    }

    /// <summary>
    /// Runs to the end in a terminal of so many columns, as people do: both streams are the terminal, so all that is
    /// printed is the answer's output. Skips the test where util-linux, which makes such a terminal, is not installed.
    /// </summary>
    public static Answer RunInTerminal(string folder, int columns, params string[] arguments)
    {
        const string script = "/usr/bin/script";
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(script), "There is no script of util-linux here.");
        string line = string.Join(' ', Command(arguments).Select(word => $"'{word}'"));
        string[] command = [script, "-qec", $"stty cols {columns}; exec {line}", "/dev/null"];
        var plain = new Dictionary<string, string> { ["TERM"] = "xterm", ["SHELL"] = "/bin/sh" };
        using var program = new CommandLine(folder, plain, command);
        return program.Finish("");
    }

    /// <summary>Starts and leaves it running.</summary>
    public static CommandLine Start(string folder, params string[] arguments) => new(folder, null, Command(arguments));

    /// <summary>
    /// Skips a test where the signal cannot reach the program: on Windows, and Ctrl-C in the background of a shell that has
    /// its children ignore it, which the program then inherits.
    /// </summary>
    public static void SkipUnlessItHears(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There are no such signals on Windows.");
        Assert.SkipWhen(
            signal == "INT" && InterruptsAreIgnored(),
            "The shell that started the tests has them ignore Ctrl-C."
        );
    }

    /// <summary>Sends a signal, such as INT. The shell's own kill is there on every Unix.</summary>
    public void Send(string signal)
    {
        using Process kill = Process.Start("sh", ["-c", $"kill -{signal} {_process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Ends it at once, as the system does when memory is short; nothing where it has ended.</summary>
    public void Kill() => _process.Kill();

    /// <summary>Waits for the end.</summary>
    public Answer Finish(string input = "")
    {
        try
        {
            _process.StandardInput.Write(input);
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended without reading; its answer says why.
        }
        if (!_process.WaitForExit(Patience))
            throw new TimeoutException($"yieldlab was not done after {Patience.TotalSeconds} s");
        return new(_process.ExitCode, _output.GetAwaiter().GetResult(), _error.GetAwaiter().GetResult());
    }

    /// <summary>Ends the process where a test failed before it did.</summary>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
        _process.Dispose();
    }

    private static string[] Command(string[] arguments) => [Host, "exec", Program, .. arguments];

    // Linux lists the ignored signals as a hexadecimal mask; SIGINT is number 2.
    private static bool InterruptsAreIgnored()
    {
        const string status = "/proc/self/status";
        const string key = "SigIgn:";
        if (!File.Exists(status))
            return false;
        string mask = File.ReadLines(status).Single(line => line.StartsWith(key, StringComparison.Ordinal));
        return (Convert.ToUInt64(mask[key.Length..].Trim(), 16) & 0b10) != 0;
    }
}
