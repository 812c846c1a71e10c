using Review.Model;
using Review.Model.Memory;
using Review.Witness.Interpretation;

namespace Review.Witness.Bindings;

/// <summary>Files behind mappings. The descriptor is taken to be closed: only VMAs and references that the code takes keep a file.</summary>
internal static class Files
{
    private const ulong PunchHole = 2;

    public static Value GetFile(KernelCall call)
    {
        var file = Alive(call, 0);
        call.State = call.State with { FileReferences = call.State.FileReferences.SetItem(file, call.State.FileReferences.GetValueOrDefault(file) + 1) };
        return Value.Of((long)call.Number(0));
    }

    public static Value PutFile(KernelCall call)
    {
        var file = call.Object(0, KernelObjects.File).Id;
        var held = call.State.FileReferences.GetValueOrDefault(file);
        if (held == 0)
        {
            throw StopException.Violates(ViolationKind.Reference, $"{call.Caller}() drops a reference to a file that it did not take");
        }

        call.State = call.State with { FileReferences = held == 1 ? call.State.FileReferences.Remove(file) : call.State.FileReferences.SetItem(file, held - 1) };
        return default;
    }

    /// <summary>vfs_fadvise(): (file, offset, length, advice).</summary>
    public static IEnumerable<Outcome> Advise(KernelCall call)
    {
        NeedNoLock(call);
        var file = Alive(call, 0);
        var done = call.Fork();
        if (call.Machine.File(file).Backing == Backing.DiskFile)
        {
            for (var page = Pages.Number(call.Number(1)); page < Math.Min(Pages.Number(call.Number(1) + call.Number(2)), call.Machine.File(file).SizePages); page++)
            {
                done.Machine = done.Machine.ReadPage(file, page, out _);
            }
        }

        done.Tell("reads the file ahead");
        yield return new Outcome(done.State, Value.Of(0));
        if (call.State.Deviations == 0)
        {
            var failed = call.Fork();
            failed.Tell("fails: the file system does not know how");
            yield return new Outcome(failed.State with { Deviations = 1 }, Value.Of(-(int)Errno.EINVAL));
        }
    }

    /// <summary>vfs_fallocate(): (file, mode, offset, length).</summary>
    public static IEnumerable<Outcome> Allocate(KernelCall call)
    {
        NeedNoLock(call);
        var file = Alive(call, 0);
        if ((call.Number(1) & PunchHole) == 0)
        {
            throw StopException.Needs("vfs_fallocate() without FALLOC_FL_PUNCH_HOLE");
        }

        var backing = call.Machine.File(file).Backing;
        if (!call.Machine.File(file).CanPunchHole)
        {
            yield return new Outcome(call.State, Value.Of(-(int)(backing == Backing.Secret ? Errno.EOPNOTSUPP : Errno.ENODEV)));
            yield break;
        }

        if (backing == Backing.HugeTlb)
        {
            throw StopException.Needs("hugetlb");
        }

        RemoteAdvice.NeedPermission(call);
        var done = call.Fork();
        var (first, end) = (Pages.Number(call.Number(2)), Pages.Number(call.Number(2) + call.Number(3)));
        done.Machine = done.Machine.PunchHole(file, first, end);
        done.Tell($"punches a hole of {end - first} pages into the file");
        yield return new Outcome(done.State, Value.Of(0));
        if (call.State.Deviations == 0)
        {
            var failed = call.Fork();
            failed.Tell("fails: the disk does not answer");
            yield return new Outcome(failed.Failed(Errno.EIO), Value.Of(-(int)Errno.EIO));
        }
    }

    public static Value IsShmemMapping(KernelCall call) => Value.Of(call.Machine.File(call.Object(0, KernelObjects.Mapping).Id).Backing == Backing.Shmem);

    public static Value IsAnonymousShmem(KernelCall call) => Value.Of(call.Vma(0) is { Backing: Backing.Shmem });

    /// <summary>file_permission(file, MAY_WRITE): 0 or an error.</summary>
    public static Value Permission(KernelCall call) => Value.Of(call.Machine.Process(call.Mission.Process).IsPrivileged || !call.Machine.File(Alive(call, 0)).IsPrivateToRoot ? 0 : -(int)Errno.EACCES);

    public static Value Owns(KernelCall call) => Value.Of(call.Machine.Process(call.Mission.Process).IsPrivileged);

    public static Value ReadAheadSwap(KernelCall call)
    {
        call.NeedLock();
        return default;
    }

    public static Value IsSecret(KernelCall call) => Value.Of(call.Vma(0).Backing == Backing.Secret);

    /// <summary>The file that an argument points to; it has to be alive.</summary>
    public static int Alive(KernelCall call, int index)
    {
        var file = call.Object(index, KernelObjects.File).Id;
        return IsAlive(call.State, file) ? file : throw StopException.Violates(ViolationKind.UseAfterFree, $"{call.Caller}() hands a file that is gone to {call.Function}()");
    }

    /// <summary>True if a VMA maps a file or the code holds a reference.</summary>
    public static bool IsAlive(KernelState state, int file) =>
        state.FileReferences.GetValueOrDefault(file) > 0 || state.Machine.Spaces.Any(space => space.Vmas.Any(vma => vma.File == file));

    private static void NeedNoLock(KernelCall call)
    {
        if (call.HoldsLock)
        {
            throw StopException.Violates(ViolationKind.LockState, $"{call.Caller}() calls {call.Function}(), which may take mmap_lock, with mmap_lock held");
        }
    }
}
