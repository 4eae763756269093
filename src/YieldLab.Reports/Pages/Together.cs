namespace YieldLab.Reports.Pages;

/// <summary>Makes several things at the same time, as many as there are processors.</summary>
public static class Together
{
    /// <summary>The results, in order. What one of them throws is thrown as it is, once no other is being made.</summary>
    /// <remarks>Threads of their own: those of the pool are needed by the files that they wait for.</remarks>
    public static TResult[] Select<T, TResult>(IReadOnlyList<T> items, Func<T, TResult> make)
    {
        var results = new TResult[items.Count];
        int next = -1;
        Task[] workers =
        [
            .. Enumerable
                .Range(0, Math.Min(items.Count, Environment.ProcessorCount))
                .Select(_ => Task.Factory.StartNew(Work, TaskCreationOptions.LongRunning)),
        ];
        Task.WhenAll(workers).GetAwaiter().GetResult();
        return results;

        void Work()
        {
            for (int i; (i = Interlocked.Increment(ref next)) < results.Length; )
                results[i] = make(items[i]);
        }
    }
}
