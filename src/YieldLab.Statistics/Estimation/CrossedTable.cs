namespace YieldLab.Statistics.Estimation;

/// <summary>
/// Sums of a table of dies, orders and repetitions, from which the mean squares of the table without one die or one order
/// follow in the time of one row or column.
/// </summary>
internal sealed class CrossedTable
{
    // Rounding of a sum of squares stays far below this part of the whole.
    private const double Nothing = 1e-13;

    private readonly double[,] _means;
    private readonly Line[] _dies;
    private readonly Line[] _orders;
    private readonly Sums _all;

    public CrossedTable(double[,,] y)
    {
        Repetitions = y.GetLength(2);
        _means = new double[y.GetLength(0), y.GetLength(1)];
        _dies = new Line[y.GetLength(0)];
        _orders = new Line[y.GetLength(1)];
        Mean = CentreOf(y);
        for (int die = 0; die < Dies; die++)
        for (int order = 0; order < Orders; order++)
            Add(y, die, order);
        _all = new(
            _dies.Sum(line => line.Sum * line.Sum),
            _orders.Sum(line => line.Sum * line.Sum),
            new(_dies.Sum(line => line.Sum), _dies.Sum(line => line.Squares), _dies.Sum(line => line.Within))
        );
    }

    public int Dies => _dies.Length;
    public int Orders => _orders.Length;
    public int Repetitions { get; }

    /// <summary>Mean over the table.</summary>
    public double Mean { get; }

    public MeanSquares All() => SquaresOf(_all, Dies, Orders);

    public MeanSquares WithoutDie(int die)
    {
        double orderSums = 0;
        for (int order = 0; order < Orders; order++)
            orderSums += Square(_orders[order].Sum - _means[die, order]);
        double dieSums = _all.DieSums - Square(_dies[die].Sum);
        return SquaresOf(new(dieSums, orderSums, _all.Line - _dies[die]), Dies - 1, Orders);
    }

    public MeanSquares WithoutOrder(int order)
    {
        double dieSums = 0;
        for (int die = 0; die < Dies; die++)
            dieSums += Square(_dies[die].Sum - _means[die, order]);
        double orderSums = _all.OrderSums - Square(_orders[order].Sum);
        return SquaresOf(new(dieSums, orderSums, _all.Line - _orders[order]), Dies, Orders - 1);
    }

    // Sums of squares about zero lose few digits where the numbers scatter about zero. The first number is taken off
    // before the mean is formed, so that a constant table becomes zero exactly.
    private static double CentreOf(double[,,] y)
    {
        double first = y[0, 0, 0];
        return first + y.Cast<double>().Average(value => value - first);
    }

    private void Add(double[,,] y, int die, int order)
    {
        double mean = 0;
        for (int k = 0; k < Repetitions; k++)
            mean += (y[die, order, k] - Mean) / Repetitions;
        double within = 0;
        for (int k = 0; k < Repetitions; k++)
            within += Square(y[die, order, k] - Mean - mean);
        _means[die, order] = mean;
        var cell = new Line(mean, mean * mean, within);
        _dies[die] += cell;
        _orders[order] += cell;
    }

    private MeanSquares SquaresOf(Sums sums, int dies, int orders)
    {
        double ofMean = Square(sums.Line.Sum) / ((double)dies * orders);
        double ofDies = sums.DieSums / orders - ofMean;
        double ofOrders = sums.OrderSums / dies - ofMean;
        double ofInteraction = sums.Line.Squares - ofMean - ofDies - ofOrders;
        double smallest = Nothing * (Repetitions * _all.Line.Squares + _all.Line.Within);
        double MeanOf(double squares, double freedom) => squares <= smallest ? 0 : squares / freedom;
        return new(
            (
                MeanOf(Repetitions * ofDies, dies - 1),
                MeanOf(Repetitions * ofOrders, orders - 1),
                MeanOf(Repetitions * ofInteraction, (dies - 1.0) * (orders - 1)),
                MeanOf(sums.Line.Within, (double)dies * orders * (Repetitions - 1))
            ),
            (dies, orders, Repetitions)
        );
    }

    private static double Square(double x) => x * x;

    /// <summary>Sums over some cells.</summary>
    /// <param name="Sum">Of the cell means.</param>
    /// <param name="Squares">Of their squares.</param>
    /// <param name="Within">Of the squares about the cell means.</param>
    private readonly record struct Line(double Sum, double Squares, double Within)
    {
        public static Line operator +(Line a, Line b) => new(a.Sum + b.Sum, a.Squares + b.Squares, a.Within + b.Within);

        public static Line operator -(Line a, Line b) => new(a.Sum - b.Sum, a.Squares - b.Squares, a.Within - b.Within);
    }

    /// <summary>Sums over a table.</summary>
    /// <param name="DieSums">Squares of the sums of its dies.</param>
    /// <param name="OrderSums">Squares of the sums of its orders.</param>
    /// <param name="Line">Over all its cells.</param>
    private readonly record struct Sums(double DieSums, double OrderSums, Line Line);
}
