using YieldLab.Benchmarks.Workload;

namespace YieldLab.Benchmarks.Comparison;

/// <summary>C#, C++ and NumPy side by side on one epoch of digits. In turn and in several rounds: on a machine that is
/// shared with others, speeds that were not measured at the same time cannot be compared.</summary>
internal static class ComparisonRun
{
    public static void Run(int rounds)
    {
        string folder = Directory.CreateTempSubdirectory("yieldlab-").FullName;
        try
        {
            Run(rounds, folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(int rounds, string folder)
    {
        string sources = Path.Combine(AppContext.BaseDirectory, "peers");
        CppPeer? cpp = Try("C++", () => CppPeer.Build(sources, folder));
        NumPyPeer? numPy = Try("NumPy", () => NumPyPeer.Find(sources));
        IPeer[] peers = [.. new IPeer?[] { cpp, numPy }.OfType<IPeer>()];
        var workload = new DigitsWorkload();
        ISideBySide[] both =
        [
            new SideBySide<float>(workload, peers, folder),
            new SideBySide<double>(workload, peers, folder),
        ];

        foreach (ISideBySide precision in both)
            precision.CheckAgreement();
        for (int round = 0; round < rounds; round++)
        {
            foreach (ISideBySide precision in both)
                precision.RunRound();
        }

        new ResultTable([.. both.SelectMany(precision => precision.Results)]).Print(cpp?.Name ?? "", numPy?.Name ?? "");
        PrintCost(workload.Model.Shape.Inputs);
        if (cpp is not null)
            PrintBounds(cpp.MeasureMachine(), both);
    }

    private static TPeer? Try<TPeer>(string name, Func<TPeer> find)
        where TPeer : class, IPeer
    {
        try
        {
            return find();
        }
        catch (PeerMissingException e)
        {
            Console.WriteLine($"{name} is left out: {e.Message}.");
            return null;
        }
    }

    private static void PrintCost(int inputs)
    {
        double Solver(bool single) => KernelCost.SolverMultiplications(single, DigitsWorkload.Substeps, inputs);
        Console.WriteLine();
        Console.WriteLine(
            $"A weight of a row of dies (16 float, 8 double) takes {KernelCost.BytesRead} bytes read and "
                + $"{KernelCost.BytesWritten} written, {KernelCost.SweepMultiplications} multiplications or multiply-adds "
                + $"and {KernelCost.SweepAdditions} additions, and of the outputs' solver {Solver(true):f1} (float) or "
                + $"{Solver(false):f1} (double) more multiplications."
        );
    }

    private static void PrintBounds(MachineLimits machine, IEnumerable<ISideBySide> both)
    {
        Console.WriteLine(
            $"A core reads {machine.FirstLevel / 1e9:f0} GB/s (32 KB) and {machine.SecondLevel / 1e9:f0} GB/s (640 KB) "
                + $"and does {machine.MultiplyAdds / 1e9:f2} G multiply-adds/s of 512 bits. That allows, in G updates/s:"
        );
        foreach (ISideBySide precision in both)
            precision.PrintBounds(machine);
    }
}
