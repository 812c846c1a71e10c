namespace Review.Model.Calls;

/// <summary>A system call that does its work in one go under mmap_lock taken for reading.</summary>
public abstract record ReadLockedCall(Current Current) : Call(Current)
{
    /// <summary>Whether the lock is held.</summary>
    public bool HasLock { get; init; }

    /// <inheritdoc/>
    public override string NextAction => HasLock ? $"{Name} with mmap_lock held" : $"{Name}: mmap_read_lock()";

    /// <summary>The name of the system call.</summary>
    protected abstract string Name { get; }

    /// <inheritdoc/>
    public sealed override Step Step(Machine machine)
    {
        var space = OwnSpace(machine);
        if (HasLock)
        {
            var result = Work(ref machine, space);
            return Calls.Step.End(machine.Unlock(space, Current.Thread), result);
        }

        if (Test(machine) is { } early)
        {
            return Calls.Step.End(machine, early);
        }

        return Locks.TryReadLock(ref machine, space, Current.Thread) ? Calls.Step.GoOn(machine, this with { HasLock = true }) : Calls.Step.Wait(machine, this);
    }

    /// <summary>The result if it is known before the lock is taken, else null.</summary>
    protected abstract CallResult? Test(Machine machine);

    /// <summary>The work under the lock.</summary>
    protected abstract CallResult Work(ref Machine machine, int space);
}
