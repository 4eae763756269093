using System.Collections.Concurrent;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;
using System.Text.Json;

namespace YieldLab.Tests.Cli;

/// <summary>
/// Processes of the program that answer one command line after another: of a command that takes a few milliseconds, starting
/// and compiling are nearly all. Tests of signals, terminals and environments start a process of their own.
/// </summary>
internal sealed class WarmProgram : IDisposable
{
    // The runtime calls StartupHook.Initialize of this assembly before the program's own Main.
    private const string Hook = "DOTNET_STARTUP_HOOKS";

    private static readonly ConcurrentBag<WarmProgram> Idle = [];

    // Ends on standard error what belongs to an answer: not all is written through Console.Error.
    private const string EndOfError = "\u001eend of the answer";

    private readonly Process _process;

    private WarmProgram(string host)
    {
        var start = new ProcessStartInfo(host, ["exec", CommandLine.Program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment[Hook] = typeof(WarmProgram).Assembly.Location;
        _process = Process.Start(start)!;
    }

    /// <summary>Has one of the processes answer; starts one where none is idle.</summary>
    public static Answer Run(string host, string folder, string input, string[] arguments, TimeSpan patience)
    {
        WarmProgram program = Idle.TryTake(out WarmProgram? idle) ? idle : new(host);
        try
        {
            Answer answer = program.Ask(new(folder, input, arguments), patience);
            Idle.Add(program);
            return answer;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private Answer Ask(Question question, TimeSpan patience)
    {
        _process.StandardInput.WriteLine(JsonSerializer.Serialize(question));
        Task<string> error = ReadErrorAsync();
        Task<string?> line = _process.StandardOutput.ReadLineAsync();
        if (!Task.WaitAll([line, error], patience))
            throw new TimeoutException($"yieldlab was not done after {patience.TotalSeconds} s");
        if (line.Result is not { } text)
            throw new InvalidOperationException(
                $"yieldlab {string.Join(' ', question.Arguments)} ended its process: {error.Result}"
            );
        Answer answer = JsonSerializer.Deserialize<Answer>(text)!;
        return answer with { Error = error.Result + answer.Error };
    }

    // What was written past Console.Error: by a native library, say.
    private async Task<string> ReadErrorAsync()
    {
        var text = new StringBuilder();
        while (await _process.StandardError.ReadLineAsync() is { } line && line != EndOfError)
            text.AppendLine(line);
        return text.ToString();
    }

    /// <summary>In the process: answers until the tests end, which closes standard input.</summary>
    public static void Serve()
    {
        Environment.SetEnvironmentVariable(Hook, null);
        TextReader questions = Console.In;
        TextWriter answers = Console.Out;
        TextWriter errors = Console.Error;
        while (questions.ReadLine() is { } line)
        {
            answers.WriteLine(JsonSerializer.Serialize(AnswerTo(JsonSerializer.Deserialize<Question>(line)!)));
            answers.Flush();
            errors.WriteLine(EndOfError);
            errors.Flush();
        }
        Environment.Exit(0);
    }

    private static Answer AnswerTo(Question question)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        Environment.CurrentDirectory = question.Folder;
        Console.SetIn(new StringReader(question.Input));
        Console.SetOut(output);
        Console.SetError(error);
        int exitCode = Invoke(question.Arguments, error);
        // Not to be in a folder that the test deletes, or a file system that it unmounts.
        Environment.CurrentDirectory = AppContext.BaseDirectory;
        return new(exitCode, output.ToString(), error.ToString());
    }

    private static int Invoke(string[] arguments, TextWriter error)
    {
        try
        {
            MethodInfo main = AssemblyLoadContext.Default.LoadFromAssemblyPath(CommandLine.Program).EntryPoint!;
            return (int)main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, [arguments], null)!;
        }
        catch (Exception e)
        {
            // As the runtime tells it before it aborts.
            error.WriteLine($"Unhandled exception. {e}");
            return 134;
        }
    }

    private sealed record Question(string Folder, string Input, string[] Arguments);
}
