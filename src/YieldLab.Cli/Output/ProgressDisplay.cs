using YieldLab.MonteCarlo.Runs;

namespace YieldLab.Cli.Output;

/// <summary>
/// Shows on standard error how far a run is: one line with a bar, written again and again, in a terminal; plain lines
/// elsewhere. A display that breaks ends itself and never the run.
/// </summary>
internal sealed class ProgressDisplay : IDisposable
{
    private const int WidestLine = 80;
    private static readonly TimeSpan TerminalPeriod = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan PlainPeriod = TimeSpan.FromSeconds(5);

    private readonly ManualResetEventSlim _finished = new();
    private readonly Func<RunProgress> _progress;
    private readonly TextWriter _output;
    private readonly Thread _thread;

    /// <summary>Starts to show.</summary>
    /// <param name="progress">How far the run is, asked from a thread of the display's own.</param>
    /// <param name="output">Where to.</param>
    /// <param name="terminalWidth">Columns of the terminal; null where it is none.</param>
    public ProgressDisplay(Func<RunProgress> progress, TextWriter output, int? terminalWidth)
    {
        _progress = progress;
        _output = output;
        _thread = new Thread(() => Show(terminalWidth)) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>Starts to show on standard error.</summary>
    public static ProgressDisplay Start(Func<RunProgress> progress) =>
        new(progress, Console.Error, Console.IsErrorRedirected ? null : TerminalWidth());

    public void Dispose()
    {
        _finished.Set();
        _thread.Join();
        _finished.Dispose();
    }

    private void Show(int? terminalWidth)
    {
        try
        {
            if (terminalWidth is { } width)
                ShowBar(width);
            else
                ShowLines();
        }
        catch (Exception)
        {
            // A terminal that was closed, say. An exception that leaves a thread would end the program, and the run.
        }
    }

    private void ShowLines()
    {
        while (!_finished.Wait(PlainPeriod))
            _output.WriteLine(ProgressLine.Plain(_progress()));
    }

    // The last column stays free: a terminal may begin a new line when it is written.
    private void ShowBar(int width)
    {
        int columns = Math.Min(width, WidestLine) - 1;
        do _output.Write($"\r{ProgressLine.WithBar(_progress(), columns).PadRight(columns)}");
        while (!_finished.Wait(TerminalPeriod));
        _output.Write($"\r{new string(' ', columns)}\r");
    }

    private static int TerminalWidth()
    {
        try
        {
            return Console.WindowWidth > 1 ? Console.WindowWidth : WidestLine;
        }
        catch (Exception e) when (e is IOException or PlatformNotSupportedException)
        {
            return WidestLine;
        }
    }
}
