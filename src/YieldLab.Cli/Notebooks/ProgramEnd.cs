namespace YieldLab.Cli.Notebooks;

/// <summary>Names the cell that ends the program, where one does: by <c>Environment.Exit</c>, or by an exception in a thread of its
/// own, which nobody can catch. The exit code is then 1, whatever the cell wanted.</summary>
internal sealed class ProgramEnd : IDisposable
{
    private readonly string _notebook;
    private readonly Func<NotebookCell> _cell;

    // That of the program, before cells have it.
    private readonly TextWriter _error = Console.Error;

    private ProgramEnd(string notebook, Func<NotebookCell> cell) => (_notebook, _cell) = (notebook, cell);

    /// <summary>Begins to watch.</summary>
    /// <param name="notebook">Its path.</param>
    /// <param name="cell">The cell that runs.</param>
    public static ProgramEnd Watch(string notebook, Func<NotebookCell> cell)
    {
        var end = new ProgramEnd(notebook, cell);
        AppDomain.CurrentDomain.ProcessExit += end.OnExit;
        AppDomain.CurrentDomain.UnhandledException += end.OnException;
        return end;
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnExit;
        AppDomain.CurrentDomain.UnhandledException -= OnException;
    }

    private void OnExit(object? sender, EventArgs e)
    {
        Tell($"cell {_cell().Number}: the program was ended in it");
        Environment.ExitCode = 1;
    }

    private void OnException(object sender, UnhandledExceptionEventArgs e)
    {
        Dispose();
        CellError error = ScriptSession.Error(_cell(), (Exception)e.ExceptionObject);
        Tell($"{error.Place}: {error.Name} in a thread of its own: {error.Message}");
        Environment.Exit(1);
    }

    private void Tell(string what) => _error.WriteLine($"yieldlab: {_notebook}: {what}; nothing is stored");
}
