using System.Runtime.Intrinsics;

namespace YieldLab.Circuits.Accelerators;

/// <summary>Mean and standard deviation of the cells' learning rate and L2 strength, for eight dies.</summary>
internal struct RateStatistics
{
    private Vector512<double> _eta;
    private Vector512<double> _etaSquared;
    private Vector512<double> _lambda;
    private Vector512<double> _lambdaSquared;
    private Vector512<double> _firstEta;
    private Vector512<double> _firstLambda;
    private int _count;

    public void Add(Vector512<double> eta, Vector512<double> lambda)
    {
        // Deviations from the first cell: squares of the values themselves would cancel.
        if (_count == 0)
            (_firstEta, _firstLambda) = (eta, lambda);
        eta -= _firstEta;
        lambda -= _firstLambda;
        _eta += eta;
        _etaSquared += eta * eta;
        _lambda += lambda;
        _lambdaSquared += lambda * lambda;
        _count++;
    }

    public readonly void CopyTo(Span<EffectiveRates> effective)
    {
        for (int lane = 0; lane < effective.Length; lane++)
            effective[lane] = new(
                _firstEta[lane] + _eta[lane] / _count,
                Deviation(_eta[lane], _etaSquared[lane]),
                _firstLambda[lane] + _lambda[lane] / _count,
                Deviation(_lambda[lane], _lambdaSquared[lane])
            );
    }

    private readonly double Deviation(double sum, double squares) =>
        Math.Sqrt(Math.Max(0, squares / _count - sum / _count * (sum / _count)));
}
