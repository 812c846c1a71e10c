namespace Review.Model.Calls;

/// <summary>
/// A system call that does its work in one go under mmap_lock taken for writing: tests its arguments, takes the lock, works.
/// </summary>
public abstract record WriteLockedCall(Current Current) : Call(Current)
{
    /// <summary>Whether the lock is held.</summary>
    public bool HasLock { get; init; }

    /// <inheritdoc/>
    public override string NextAction => HasLock ? $"{Name} with mmap_lock held" : $"{Name}: mmap_write_lock()";

    /// <summary>The name of the system call.</summary>
    protected abstract string Name { get; }

    /// <inheritdoc/>
    public sealed override Step Step(Machine machine)
    {
        var space = OwnSpace(machine);
        if (HasLock)
        {
            var worked = Work(machine, space);
            return worked with { Machine = worked.Machine.Space(space).Lock.Writer == Current.Thread ? worked.Machine.Unlock(space, Current.Thread) : worked.Machine };
        }

        if (Test(machine) is { } early)
        {
            return Calls.Step.End(machine, early);
        }

        return Locks.TryWriteLock(ref machine, space, Current.Thread) ? Calls.Step.GoOn(machine, this with { HasLock = true }) : Calls.Step.Wait(machine, this);
    }

    /// <summary>The result if it is known before the lock is taken, else null.</summary>
    protected abstract CallResult? Test(Machine machine);

    /// <summary>The work under the lock, which is dropped behind it. It may go on with another call.</summary>
    protected abstract Step Work(Machine machine, int space);
}
