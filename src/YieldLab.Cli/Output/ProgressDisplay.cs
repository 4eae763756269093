using Spectre.Console;
using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Cli.Output;

/// <summary>Shows on standard error how far a run is: a bar in a terminal, plain lines elsewhere.</summary>
internal sealed class ProgressDisplay : IDisposable
{
    private static readonly TimeSpan TerminalPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainPeriod = TimeSpan.FromSeconds(5);

    private readonly ManualResetEventSlim _finished = new();
    private readonly Thread _thread;

    private ProgressDisplay(Func<RunProgress> progress)
    {
        _thread = new Thread(() => Show(progress)) { IsBackground = true };
        _thread.Start();
    }

    public static ProgressDisplay Start(Func<RunProgress> progress) => new(progress);

    public void Dispose()
    {
        _finished.Set();
        _thread.Join();
        _finished.Dispose();
    }

    private void Show(Func<RunProgress> progress)
    {
        if (Console.IsErrorRedirected)
            ShowLines(progress);
        else
            ShowBar(progress);
    }

    private void ShowLines(Func<RunProgress> progress)
    {
        while (!_finished.Wait(PlainPeriod))
            Console.Error.WriteLine(Describe(progress()));
    }

    private void ShowBar(Func<RunProgress> progress)
    {
        var console = AnsiConsole.Create(new() { Out = new AnsiConsoleOutput(Console.Error) });
        console
            .Progress()
            .AutoClear(true)
            .Columns(new ProgressBarColumn { Width = 20 }, new TaskDescriptionColumn { Alignment = Justify.Left })
            .Start(context =>
            {
                ProgressTask task = context.AddTask("", maxValue: progress().Total);
                while (!_finished.Wait(TerminalPeriod))
                {
                    RunProgress now = progress();
                    task.Value = now.Done;
                    task.Description = Markup.Escape(Describe(now));
                }
            });
    }

    private static string Describe(RunProgress now)
    {
        string remaining = now.Remaining is { } left
            ? $"{(left.Days > 0 ? $"{left.Days} d " : "")}{left:hh\\:mm\\:ss} left"
            : "starting";
        string yield = now.Done == 0 ? "" : $", yield {(double)now.Passed / now.Done:p1}";
        string failed = now.Failed == 0 ? "" : $", {now.Failed} failed";
        return $"{now.Done} of {now.Total} dies, {now.Rate:0}/s, {remaining}{yield}{failed}";
    }
}
