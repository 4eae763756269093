using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using YieldLab.Circuits.Cells;
using YieldLab.Circuits.Netlists;

namespace YieldLab.Studies.Dies;

/// <summary>What a transient of ngspice gave.</summary>
/// <param name="Weights">[presentation][half][weight] in units of Iu, after each presentation.</param>
/// <param name="Seconds">How long ngspice took.</param>
public sealed record SpiceAnswer(IReadOnlyList<double[][]> Weights, double Seconds);

/// <summary>Runs ngspice on a netlist of <see cref="SpiceNetlist"/>.</summary>
public static class SpiceRun
{
    public const string NotInstalled = "ngspice is not on the PATH; install it (Debian: apt-get install ngspice)";

    /// <summary>Whether ngspice can be started.</summary>
    public static bool IsInstalled
    {
        get
        {
            try
            {
                using Process process = Start(Path.GetTempPath(), "--version");
                process.StandardOutput.ReadToEnd();
                process.WaitForExit();
                return true;
            }
            catch (StudyException)
            {
                return false;
            }
        }
    }

    /// <summary>The weights of a die after each presentation.</summary>
    /// <param name="netlist">Netlist text.</param>
    /// <param name="shape">Its layer.</param>
    /// <param name="presentations">Its number of presentations.</param>
    /// <param name="patience">Time after which ngspice is stopped.</param>
    /// <exception cref="StudyException">ngspice is not installed, did not finish, or gave no weights.</exception>
    public static SpiceAnswer Run(string netlist, LayerShape shape, int presentations, TimeSpan patience)
    {
        var folder = Directory.CreateTempSubdirectory("yieldlab-spice");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "die.cir"), netlist);
            long start = Stopwatch.GetTimestamp();
            string output = Output(folder.FullName, patience);
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            return new(Weights(output, shape, presentations), seconds);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Output(string folder, TimeSpan patience)
    {
        using Process process = Start(folder, "-b", "die.cir");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(patience))
        {
            process.Kill(entireProcessTree: true);
            throw new StudyException($"ngspice did not finish within {patience.TotalSeconds:0} s");
        }
        return output.Result + errors.Result;
    }

    private static Process Start(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("ngspice", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        // One thread each: dies are what runs side by side.
        start.Environment["OMP_NUM_THREADS"] = "1";
        try
        {
            Process process = Process.Start(start)!;
            process.StandardInput.Close();
            return process;
        }
        catch (Win32Exception e)
        {
            throw new StudyException(NotInstalled, e);
        }
    }

    // Tables such as "Index v(wp_0_0) v(wn_0_0)", a row for the beginning and one after each presentation.
    private static double[][][] Weights(string output, LayerShape shape, int presentations)
    {
        if (output.Contains("aborted", StringComparison.Ordinal))
            throw new StudyException($"ngspice gave up: {Complaint(output)}");
        var columns = new Dictionary<string, List<double>>();
        string[] names = [];
        foreach (string line in output.Split('\n'))
        {
            string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length > 1 && words[0] == "Index")
                names = words[1..];
            else if (names.Length > 0 && Row(words, names.Length) is { } row)
                for (int i = 0; i < row.Length; i++)
                    Column(columns, names[i]).Add(row[i]);
        }
        double Value(WeightHalf half, int weight, int presentation)
        {
            string name = $"v({SpiceNetlist.Node(half, weight / shape.Inputs, weight % shape.Inputs)})";
            return columns.TryGetValue(name, out var column) && column.Count == presentations + 1
                ? column[presentation + 1]
                : throw new StudyException($"ngspice gave no weights: {Complaint(output)}");
        }
        return
        [
            .. Enumerable
                .Range(0, presentations)
                .Select(k =>
                    Enum.GetValues<WeightHalf>()
                        .Select(half => Enumerable.Range(0, shape.Weights).Select(w => Value(half, w, k)).ToArray())
                        .ToArray()
                ),
        ];
    }

    private static double[]? Row(string[] words, int columns)
    {
        if (words.Length != columns + 1 || !int.TryParse(words[0], CultureInfo.InvariantCulture, out _))
            return null;
        double[] row = new double[columns];
        for (int i = 0; i < columns; i++)
            if (!double.TryParse(words[i + 1], NumberStyles.Float, CultureInfo.InvariantCulture, out row[i]))
                return null;
        return row;
    }

    private static List<double> Column(Dictionary<string, List<double>> columns, string name)
    {
        if (!columns.TryGetValue(name, out var column))
            columns[name] = column = [];
        return column;
    }

    private static string Complaint(string output) =>
        output
            .Split('\n')
            .FirstOrDefault(line =>
                line.Contains("error", StringComparison.OrdinalIgnoreCase)
                || line.Contains("timestep too small", StringComparison.OrdinalIgnoreCase)
            )
            ?.Trim()
        ?? "its output has no table of them";
}
