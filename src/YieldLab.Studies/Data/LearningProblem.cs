using YieldLab.Circuits.Accelerators;
using YieldLab.Statistics.Random;
using YieldLab.Studies.Settings;
using YieldLab.Studies.Text;

namespace YieldLab.Studies.Data;

/// <summary>A data set, split and scaled, as a study learns it.</summary>
/// <param name="Train">Examples that train.</param>
/// <param name="Test">Examples that test.</param>
/// <param name="Classes">Names of the classes in the order of the outputs; none in a regression.</param>
/// <param name="TargetUnit">In a regression, how much of the target's own unit is 1 in the circuit.</param>
/// <param name="Orders">For each epoch, the order of the training examples.</param>
/// <param name="Sha256">Hash of the data file.</param>
public sealed record LearningProblem(
    Examples Train,
    Examples Test,
    IReadOnlyList<string> Classes,
    double TargetUnit,
    IReadOnlyList<int[]> Orders,
    string Sha256
)
{
    private static readonly RandomStream OrderStream = new("algorithm/order");
    private static readonly RandomStream SplitStream = new("algorithm/split");

    /// <summary>Reads and prepares the data of a study.</summary>
    /// <param name="study">The study.</param>
    /// <param name="folder">Folder that the data's path is relative to.</param>
    /// <exception cref="StudyException">Anything wrong with the data, with file and line.</exception>
    public static LearningProblem Read(Study study, string folder)
    {
        CsvTable table = CsvTable.Read(Path.Combine(folder, study.Data.File));
        int target = Array.IndexOf(table.Header, study.Data.Target);
        if (target < 0)
            throw new StudyException(
                $"{table.File}:1: there is no column '{study.Data.Target}'{NearestName.Hint(study.Data.Target, table.Header)}"
            );
        if (table.Header.Length < 2)
            throw new StudyException($"{table.File}:1: there is no input column beside the target");
        RefuseMissingTargets(study, table, target);
        var draws = new AddressedDraws((ulong)study.Training.Seed);
        return study.Task == LearningTask.Softmax
            ? Classification(study, table, target, draws)
            : Regression(study, table, target, draws);
    }

    /// <summary>For each epoch, the order of the training examples.</summary>
    /// <param name="training">Schedule and seed.</param>
    /// <param name="examples">How many examples train.</param>
    /// <param name="number">0 for the order that the study itself trains in; each other number gives another one, on the
    /// same split. No two share a draw.</param>
    public static IReadOnlyList<int[]> OrdersOf(TrainingSettings training, int examples, int number)
    {
        var draws = new AddressedDraws((ulong)training.Seed);
        // A schedule has fewer than 2^32 epochs.
        long first = (long)number << 32;
        return
        [
            .. Enumerable
                .Range(0, training.Epochs)
                .Select(epoch =>
                    training.Order == ExampleOrder.Shuffled
                        ? draws.Permutation(OrderStream, first + epoch, examples)
                        : [.. Enumerable.Range(0, examples)]
                ),
        ];
    }

    private static LearningProblem Classification(Study study, CsvTable table, int target, AddressedDraws draws)
    {
        string[] labels = [.. table.Rows.Select(row => row.Fields[target].Trim())];
        string[] classes = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        RefuseTooFew(table, target, labels, classes);
        var (train, test) = Split(study, table, labels, draws);
        foreach (string missing in classes.Except(train.Select(row => labels[row])))
            throw new StudyException(
                $"{table.File}: class '{missing}' of column '{table.Header[target]}' has no example that trains; use the split method stratified"
            );
        double[][] targets = [.. labels.Select(label => classes.Select(name => name == label ? 1.0 : 0.0).ToArray())];
        return Build(study, table, target, train, test, targets, classes, 1);
    }

    private static LearningProblem Regression(Study study, CsvTable table, int target, AddressedDraws draws)
    {
        double[] values = [.. Enumerable.Range(0, table.Rows.Count).Select(row => table.Number(row, target))];
        var (train, test) = Split(study, table, [.. values.Select(_ => "")], draws);
        double low = train.Min(row => values[row]);
        double high = train.Max(row => values[row]);
        if (low == high)
            throw new StudyException(
                $"{table.File}: column '{table.Header[target]}' is constant in the training examples"
            );
        if (test.All(row => values[row] == values[test[0]]))
            throw new StudyException(
                $"{table.File}: column '{table.Header[target]}' is constant in the test examples ({test.Length} of them); expected at least two different targets"
            );
        double unit = (high - low) / 2;
        double[][] targets = [.. values.Select(value => new[] { (value - low) / unit - 1 })];
        return Build(study, table, target, train, test, targets, [], unit);
    }

    private static LearningProblem Build(
        Study study,
        CsvTable table,
        int target,
        int[] train,
        int[] test,
        double[][] targets,
        string[] classes,
        double targetUnit
    )
    {
        double[][] inputs = Scale(study.Data.Scaling, table, target, train);
        return new(
            new([.. train.Select(row => inputs[row])], [.. train.Select(row => targets[row])]),
            new([.. test.Select(row => inputs[row])], [.. test.Select(row => targets[row])]),
            classes,
            targetUnit,
            OrdersOf(study.Training, train.Length, 0),
            table.Sha256
        );
    }

    private static void RefuseMissingTargets(Study study, CsvTable table, int target)
    {
        foreach (var (line, fields) in table.Rows)
            if (string.IsNullOrWhiteSpace(fields[target]))
                throw new StudyException(
                    $"{table.File}:{line}: column '{table.Header[target]}': the target is missing; expected {(study.Task == LearningTask.Softmax ? "the example's class" : "a number")}"
                );
    }

    private static void RefuseTooFew(CsvTable table, int target, string[] labels, string[] classes)
    {
        string column = table.Header[target];
        if (classes.Length < 2)
            throw new StudyException($"{table.File}: column '{column}' has one class only; expected at least two");
        if (classes.Length > table.Rows.Count / 2)
            throw new StudyException(
                $"{table.File}: column '{column}' has {classes.Length} classes in {labels.Length} examples; is it a number to regress on (task: linear)?"
            );
        foreach (var (label, count) in labels.CountBy(label => label))
            if (count < 2)
                throw new StudyException(
                    $"{table.File}:{table.Rows[Array.IndexOf(labels, label)].Line}: class '{label}' has one example; expected at least two, one to train and one to test"
                );
    }

    private static (int[] Train, int[] Test) Split(Study study, CsvTable table, string[] labels, AddressedDraws draws)
    {
        int count = labels.Length;
        var groups =
            study.Data.Split.Method == SplitMethod.Stratified
                ? Enumerable
                    .Range(0, count)
                    .GroupBy(row => labels[row])
                    .OrderBy(g => g.Key, StringComparer.Ordinal)
                    .Select(g => g.ToArray())
                : [Enumerable.Range(0, count).ToArray()];
        var test = new HashSet<int>();
        int number = 0;
        foreach (int[] group in groups)
        {
            int size = Math.Clamp(
                (int)Math.Round(study.Data.Split.Test * group.Length),
                1,
                Math.Max(1, group.Length - 1)
            );
            int[] order =
                study.Data.Split.Method == SplitMethod.File
                    ? [.. Enumerable.Range(0, group.Length).Reverse()]
                    : draws.Permutation(SplitStream, number++, group.Length);
            test.UnionWith(order[..size].Select(i => group[i]));
        }
        if (test.Count == count)
            throw new StudyException($"{table.File}: no example is left to train; expected at least two examples");
        return ([.. Enumerable.Range(0, count).Where(row => !test.Contains(row))], [.. test.Order()]);
    }

    // Scales come from the training examples alone; test examples beyond them are clipped to the circuit's range.
    private static double[][] Scale(InputScaling scaling, CsvTable table, int target, int[] train)
    {
        int[] columns = [.. Enumerable.Range(0, table.Header.Length).Where(column => column != target)];
        double[][] inputs = [.. table.Rows.Select(_ => new double[columns.Length])];
        for (int i = 0; i < columns.Length; i++)
        {
            double[] values = [.. Enumerable.Range(0, inputs.Length).Select(row => table.Number(row, columns[i]))];
            var (centre, unit) = CentreAndUnit(scaling, [.. train.Select(row => values[row])]);
            for (int row = 0; row < inputs.Length; row++)
            {
                double scaled = unit == 0 ? 0 : (values[row] - centre) / unit;
                if (scaling == InputScaling.None && Math.Abs(scaled) > 1)
                    throw new StudyException(
                        $"{table.File}:{table.Rows[row].Line}: column '{table.Header[columns[i]]}': {values[row]} is outside [-1, 1]; use the scaling minmax or standard"
                    );
                inputs[row][i] = Math.Clamp(scaled, -1, 1);
            }
        }
        return inputs;
    }

    private static (double Centre, double Unit) CentreAndUnit(InputScaling scaling, double[] values)
    {
        double mean = values.Average();
        return scaling switch
        {
            InputScaling.Minmax => ((values.Min() + values.Max()) / 2, (values.Max() - values.Min()) / 2),
            InputScaling.Standard => (mean, 3 * Math.Sqrt(values.Average(value => (value - mean) * (value - mean)))),
            _ => (0, 1),
        };
    }
}
