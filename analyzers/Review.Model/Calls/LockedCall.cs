using Review.Model.Eras;

namespace Review.Model.Calls;

/// <summary>A system call that tests its arguments, takes mmap_lock, works in one go and drops the lock.</summary>
public abstract record LockedCall(Current Current) : Call(Current)
{
    /// <summary>Whether the lock is held.</summary>
    public bool HasLock { get; init; }

    /// <inheritdoc/>
    public override string NextAction => HasLock ? $"{Name} with mmap_lock held" : $"{Name}: {LockName}";

    /// <summary>The name of the system call.</summary>
    protected abstract string Name { get; }

    /// <summary>The function that takes the lock.</summary>
    protected abstract string LockName { get; }

    /// <inheritdoc/>
    public sealed override Step Step(Machine machine)
    {
        var space = SpaceOf(machine);
        if (HasLock)
        {
            return WorkAndUnlock(machine, space);
        }

        if (Test(machine) is { } early)
        {
            return Calls.Step.End(machine, early);
        }

        return TryLock(ref machine, space) ? Calls.Step.GoOn(machine, this with { HasLock = true }) : Calls.Step.Wait(machine, this);
    }

    /// <summary>The address space that is locked: the caller's own, unless the call is about another one.</summary>
    protected virtual int SpaceOf(Machine machine) => OwnSpace(machine);

    /// <summary>The result if it is known before the lock is taken, else null.</summary>
    protected abstract CallResult? Test(Machine machine);

    /// <summary>Takes the lock, or tells that it has to wait.</summary>
    private protected abstract bool TryLock(ref Machine machine, int space);

    /// <summary>The work under the lock, and dropping it.</summary>
    private protected abstract Step WorkAndUnlock(Machine machine, int space);
}

/// <summary>One under mmap_lock taken for reading.</summary>
public abstract record ReadLockedCall(Current Current) : LockedCall(Current)
{
    /// <inheritdoc/>
    protected sealed override string LockName => "mmap_read_lock()";

    /// <summary>The work under the lock.</summary>
    protected abstract CallResult Work(ref Machine machine, int space);

    private protected sealed override bool TryLock(ref Machine machine, int space) => Locks.TryReadLock(ref machine, space, Current.Thread);

    private protected sealed override Step WorkAndUnlock(Machine machine, int space)
    {
        var result = Work(ref machine, space);
        return Calls.Step.End(machine.Unlock(space, Current.Thread), result);
    }
}

/// <summary>One under mmap_lock taken for writing.</summary>
public abstract record WriteLockedCall(Current Current) : LockedCall(Current)
{
    /// <inheritdoc/>
    protected sealed override string LockName => "mmap_write_lock()";

    /// <summary>The work under the lock, which is dropped behind it unless the work has done so. It may go on with another call.</summary>
    protected abstract Step Work(Machine machine, int space);

    private protected sealed override bool TryLock(ref Machine machine, int space) => machine.Protocol.Has(Defects.ReadLockForWriting)
        ? Locks.TryReadLock(ref machine, space, Current.Thread)
        : Locks.TryWriteLock(ref machine, space, Current.Thread);

    private protected sealed override Step WorkAndUnlock(Machine machine, int space)
    {
        var hadReadLock = machine.Space(space).Lock.IsReader(Current.Thread);
        var worked = Work(machine, space);
        return worked with { Machine = hadReadLock || worked.Machine.Space(space).Lock.Writer == Current.Thread ? worked.Machine.Unlock(space, Current.Thread) : worked.Machine };
    }
}
