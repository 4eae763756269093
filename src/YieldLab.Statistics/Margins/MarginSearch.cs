using YieldLab.Statistics.Estimation;

namespace YieldLab.Statistics.Margins;

/// <summary>
/// Finds where a yield crosses a target over an ordered list of settings, with few dies: the smallest setting that reaches
/// the target where the yield rises, the largest where it falls, both ends of the range where it is a hump.
/// </summary>
/// <remarks>
/// <para>1. Up to nine settings, both ends among them, are looked at with the same 128 dies.</para>
/// <para>2. Both ends are decided: dies are added until the interval lies on one side of the target, or the most dies are
/// made. Between two neighbours with different verdicts the middle is decided, and so on until no setting is left between
/// them. A setting that stays undecided does not end this: its neighbours are decided too, so that the answer's own interval
/// reaches from the last setting surely below to the first surely above and no further.</para>
/// <para>3. Where no setting is above (or below) the target yet, the one that looked best (worst) is decided as well.</para>
/// <para>4. The settings that were looked at get more dies, so that the check of the next step has something to go by: up to a
/// quarter of all dies so far, divided among them.</para>
/// <para>5. All pairs of evaluated settings are compared die by die (<see cref="PairedChange"/>). Where the yield both rises
/// and falls, every setting that was looked at is decided, and every crossing between them refined as in 2. A hump between two
/// settings that were looked at can still be missed.</para>
/// <para>The error made is that of <see cref="MarginPlan"/>, at most 1 - confidence for all of it; the result is a function of
/// the plan and the dies. Relatives: noisy or probabilistic bisection (M. V. Burnashev, K. Sh. Zigangirov, Problemy
/// Peredachi Informatsii 10 (1974) 51; R. Waeber, P. I. Frazier, S. G. Henderson, SIAM J. Control Optim. 51 (2013) 2261),
/// which need independent answers and spend dies near the crossing alone; this one keeps an interval at each setting, needs
/// no independence between settings, and says when it cannot tell.</para>
/// </remarks>
public sealed class MarginSearch
{
    private const int MostOfTrial = 1 << 20;

    private readonly MarginPlan _plan;
    private readonly StopRule _rule;
    private readonly DieTrial _trial;
    private readonly Action<SettingYield>? _decided;
    private readonly SettingDies?[] _dies;
    private readonly MarginVerdict[] _verdicts;

    private MarginSearch(MarginPlan plan, DieTrial trial, Action<SettingYield>? decided)
    {
        (_plan, _trial, _decided) = (plan, trial, decided);
        _rule = new(null, plan.Target, plan.IntervalConfidence);
        _dies = new SettingDies?[plan.Settings];
        _verdicts = new MarginVerdict[plan.Settings];
    }

    /// <summary>Searches.</summary>
    /// <param name="plan">What for.</param>
    /// <param name="trial">Makes dies. Where it throws <see cref="OperationCanceledException"/>, the search ends with what it
    /// has.</param>
    /// <param name="decided">Told of each setting as soon as it is decided; null: nobody is.</param>
    public static MarginResult Run(MarginPlan plan, DieTrial trial, Action<SettingYield>? decided = null)
    {
        var search = new MarginSearch(plan, trial, decided);
        try
        {
            search.Run();
        }
        catch (OperationCanceledException)
        {
            return search.Result(interrupted: true);
        }
        return search.Result(interrupted: false);
    }

    private void Run()
    {
        foreach (int setting in _plan.Looks)
            Add(setting, _plan.FirstLook);
        Decide(0);
        Decide(_plan.Settings - 1);
        Refine();
        if (!_verdicts.Contains(MarginVerdict.Above))
            Decide(_plan.Looks.MaxBy(PassedOfLook));
        if (!_verdicts.Contains(MarginVerdict.Below))
            Decide(_plan.Looks.MinBy(PassedOfLook));
        Refine();
        AddToLooks();
        if (!Result(interrupted: false).IsNotMonotone)
            return;
        foreach (int setting in _plan.Looks)
            Decide(setting);
        Refine();
    }

    private void AddToLooks()
    {
        long dies = _dies.Sum(setting => setting?.Count ?? 0) / (4 * _plan.Looks.Count);
        foreach (int setting in _plan.Looks)
            Add(setting, Math.Min(dies, _plan.MostDies));
    }

    private void Refine()
    {
        while (Middle() is { } middle)
            Decide(middle);
    }

    // Of the first two neighbouring decided settings that differ and have others between them.
    private int? Middle()
    {
        int last = 0;
        for (int next = 1; next < _plan.Settings; next++)
        {
            if (_verdicts[next] == MarginVerdict.Open)
                continue;
            if (_verdicts[next] != _verdicts[last] && next - last > 1)
                return (last + next) / 2;
            last = next;
        }
        return null;
    }

    private void Decide(int setting)
    {
        if (_verdicts[setting] != MarginVerdict.Open)
            return;
        while (Judge(setting) == MarginVerdict.Open)
            Add(setting, _plan.NextLook(_dies[setting]?.Count ?? 0));
        _verdicts[setting] = Judge(setting);
        _decided?.Invoke(Of(setting));
    }

    private MarginVerdict Judge(int setting)
    {
        if (_dies[setting] is not { } dies)
            return MarginVerdict.Open;
        return _rule.Decide(dies.Passed, dies.Count, dies.Unknown) switch
        {
            StopReason.AboveTarget => MarginVerdict.Above,
            StopReason.BelowTarget => MarginVerdict.Below,
            _ => dies.Count < _plan.MostDies ? MarginVerdict.Open : MarginVerdict.Undecided,
        };
    }

    private void Add(int setting, long end)
    {
        SettingDies dies = _dies[setting] ?? new();
        while (dies.Count < end)
            dies.Add(_trial(setting, dies.Count, (int)Math.Min(end - dies.Count, MostOfTrial)));
        _dies[setting] = dies;
    }

    private long PassedOfLook(int setting) => _dies[setting]!.PassedOf(_plan.FirstLook);

    private MarginResult Result(bool interrupted)
    {
        int[] evaluated = [.. Enumerable.Range(0, _plan.Settings).Where(setting => _dies[setting] is not null)];
        SettingYield[] yields = [.. evaluated.Select(Of)];
        return new(_plan, yields, MonotoneCheck.Of(_plan, yields, setting => _dies[setting]!), interrupted);
    }

    private SettingYield Of(int setting)
    {
        SettingDies dies = _dies[setting]!;
        return new(setting, dies.Count, dies.Passed, dies.Unknown, Interval(dies), _verdicts[setting]);
    }

    private ProportionInterval Interval(SettingDies dies) =>
        new(
            _rule.Interval(dies.Passed, dies.Count).Lower,
            _rule.Interval(dies.Passed + dies.Unknown, dies.Count).Upper
        );
}
