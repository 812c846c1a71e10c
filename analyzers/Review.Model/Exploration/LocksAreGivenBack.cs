using System.Globalization;

namespace Review.Model.Exploration;

/// <summary>A call gives back mmap_lock and every VMA's lock before it returns, and holds no lock of a VMA that was freed.</summary>
public sealed record LocksAreGivenBack() : Property("locks-are-given-back")
{
    /// <inheritdoc/>
    public override string Claim => "a call returns without locks, and no VMA is freed while its lock is held";

    /// <inheritdoc/>
    public override Property After(in Transition step, out Breach? breach)
    {
        breach = null;
        if (ReferenceEquals(step.Before.Spaces, step.After.Spaces) && step.Result is null)
        {
            return this;
        }

        var thread = step.Call.Current.Thread;
        for (var number = 1; number <= step.After.Spaces.Count && breach is null; number++)
        {
            var space = step.After.Space(number);
            if (step.Result is not null && (space.Lock.Writer == thread || space.Lock.IsReader(thread)))
            {
                breach = new Breach("the call returned with mmap_lock held");
            }

            foreach (var held in space.VmaLocks.AsSpan())
            {
                if (step.Result is not null && held.Thread == thread)
                {
                    breach = new Breach("the call returned with the lock of a VMA held");
                }
                else if (space.ById(held.Vma) is null)
                {
                    breach = new Breach(string.Create(CultureInfo.InvariantCulture, $"VMA {held.Vma} was freed while thread {held.Thread} holds its lock"));
                }
            }
        }

        return this;
    }
}
