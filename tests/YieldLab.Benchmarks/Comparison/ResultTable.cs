namespace YieldLab.Benchmarks.Comparison;

/// <summary>Prints results below each other, with their ratios to C++, to NumPy and to one thread.</summary>
internal sealed class ResultTable(IReadOnlyList<Result> results)
{
    private const string Row = "{0,-25} {1,-6} {2,7} {3,7} {4,7} {5,14} {6,14} {7,14}";

    public void Print(string cpp, string numPy)
    {
        Console.WriteLine();
        Console.WriteLine("G weight updates/s; ratios of the best (of the median)");
        Console.WriteLine(Row, "", "", "threads", "best", "median", "to C++", "to NumPy", "to 1 thread");
        foreach (Result result in results)
            Print(result, Same(result, cpp), Same(result, numPy));
    }

    private void Print(Result result, Result? cpp, Result? numPy)
    {
        Result? oneThread = result.Threads == 1 ? null : Same(result, result.Name);
        Console.WriteLine(
            Row,
            result.Name,
            result.Precision,
            result.Threads,
            $"{result.Best / 1e9:f3}",
            $"{result.Median / 1e9:f3}",
            Ratio(result, cpp),
            Ratio(result, numPy),
            Ratio(result, oneThread)
        );
    }

    // The one-thread result of an implementation in the same precision.
    private Result? Same(Result result, string name) =>
        results.FirstOrDefault(r => r.Name == name && r.Precision == result.Precision && r.Threads == 1);

    private static string Ratio(Result result, Result? reference) =>
        reference is null ? "" : $"{result.Best / reference.Best:f2} ({result.Median / reference.Median:f2})";
}
