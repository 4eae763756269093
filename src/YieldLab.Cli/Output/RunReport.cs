using YieldLab.MonteCarlo.Runs;
using YieldLab.MonteCarlo.Storage;

namespace YieldLab.Cli.Output;

/// <summary>How much a command prints.</summary>
internal enum Verbosity
{
    Quiet,
    Json,
    Full,
}

/// <summary>Reads a stored run and prints it.</summary>
internal static class RunReport
{
    public static StoredRun Print(RunFolder folder, RunOutcome? outcome, Verbosity verbosity)
    {
        var run = StoredRun.Read(folder);
        if (verbosity == Verbosity.Full)
            SummaryTables.Print(run, outcome);
        else if (verbosity == Verbosity.Json)
            Console.WriteLine(SummaryJson.Of(run, outcome));
        return run;
    }
}
