using System.Runtime.ExceptionServices;

namespace TuneLab.Learners;

/// <summary>Runs numbered pieces of work on a few threads.</summary>
internal static class Workers
{
    /// <summary>Calls <paramref name="work"/> once for each number below <paramref name="count"/>, on up to <paramref name="threads"/> threads, in no set order.</summary>
    /// <exception cref="OperationCanceledException">A piece was cancelled. Other exceptions of a piece come through as they are.</exception>
    public static void For(int count, int threads, Action<int> work)
    {
        if (threads <= 1 || count <= 1)
        {
            for (var i = 0; i < count; i++)
            {
                work(i);
            }

            return;
        }

        try
        {
            Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Capture(several.InnerExceptions[0]).Throw();
        }
    }
}
