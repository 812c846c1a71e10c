using Review.Model.Calls;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Scenarios;

/// <summary>Files, userfaultfds and threads of the model as scenarios name them.</summary>
public sealed partial class ModelMachine
{
    private const int PatternByte = 0x61;
    private const int FileByte = 0x21;

    private static readonly (MappingFlags Ours, MapFlags Kernels)[] MapFlagPairs =
    [
        (MappingFlags.Private, MapFlags.Private), (MappingFlags.Shared, MapFlags.Shared), (MappingFlags.Anonymous, MapFlags.Anonymous),
        (MappingFlags.Populate, MapFlags.Populate), (MappingFlags.Locked, MapFlags.Locked), (MappingFlags.NoReserve, MapFlags.NoReserve),
        (MappingFlags.NoReplace, MapFlags.FixedNoReplace), (MappingFlags.GrowsDown, MapFlags.GrowsDown),
        (MappingFlags.HugeTlb, MapFlags.HugeTlb), (MappingFlags.Droppable, MapFlags.Droppable),
    ];

    private static readonly (UffdFeatures Ours, Userfault.UffdFeatures Kernels)[] FeaturePairs =
    [
        (UffdFeatures.SigBus, Userfault.UffdFeatures.SigBus), (UffdFeatures.EventRemove, Userfault.UffdFeatures.EventRemove),
        (UffdFeatures.EventUnmap, Userfault.UffdFeatures.EventUnmap), (UffdFeatures.EventRemap, Userfault.UffdFeatures.EventRemap),
        (UffdFeatures.EventFork, Userfault.UffdFeatures.EventFork), (UffdFeatures.WriteProtect, Userfault.UffdFeatures.PageFaultFlagWp),
    ];

    private static VmFlags FlagsOf(UffdModes modes) =>
        (modes.HasFlag(UffdModes.Missing) ? VmFlags.UffdMissing : VmFlags.None)
        | (modes.HasFlag(UffdModes.WriteProtect) ? VmFlags.UffdWp : VmFlags.None)
        | (modes.HasFlag(UffdModes.Minor) ? VmFlags.UffdMinor : VmFlags.None);

    private static UffdEvent EventOf(Userfault.UffdEvent kind) => kind switch
    {
        Userfault.UffdEvent.PageFault => UffdEvent.PageFault,
        Userfault.UffdEvent.Fork => UffdEvent.Fork,
        Userfault.UffdEvent.Remap => UffdEvent.Remap,
        Userfault.UffdEvent.Remove => UffdEvent.Remove,
        _ => UffdEvent.Unmap,
    };

    private Answer Create(CreateFile file)
    {
        var backing = file.Kind switch
        {
            FileKind.Disk => Backing.DiskFile,
            FileKind.Secret => Backing.Secret,
            _ => Backing.Shmem,
        };

        // A memfd may be written by everybody; any other file only by who made it.
        var isPrivateToRoot = file.Kind != FileKind.Memfd && machine.Process(current.Process).IsPrivileged;
        machine = machine.AddFile(new FileObject(backing, (ulong)file.Pages) { IsWriteSealed = file.WriteSealed, IsPrivateToRoot = isPrivateToRoot }, out var number);
        for (var page = 0; page < file.Pages && !file.ZeroFilled; page++)
        {
            machine = machine.WritePage(number, (ulong)page, (byte)(FileByte + page));
        }

        descriptors[file.Name] = new Descriptor(number, 0, !file.ReadOnly);
        return CallAnswer.Of(0);
    }

    private Answer Truncate(Ftruncate truncate)
    {
        if (!descriptors.TryGetValue(truncate.File, out var descriptor))
        {
            return CallAnswer.Failed(Errno.EBADF);
        }

        // secretmem_setattr(): the size is set once.
        var isFixed = descriptor.File == 0 || (machine.File(descriptor.File) is { Backing: Backing.Secret, SizePages: > 0 });
        if (truncate.Pages < 0 || !descriptor.IsWritable || isFixed)
        {
            return CallAnswer.Failed(Errno.EINVAL);
        }

        machine = machine.Truncate(descriptor.File, (ulong)truncate.Pages);
        return CallAnswer.Of(0);
    }

    private Answer CloseDescriptor(Close close)
    {
        if (!descriptors.Remove(close.File, out var descriptor))
        {
            return CallAnswer.Failed(Errno.EBADF);
        }

        // A forked child's descriptor is the parent's: the userfaultfd stays as long as one is open.
        var isOpenElsewhere = parents.Any(parent => parent.Descriptors.ContainsValue(descriptor));
        machine = descriptor.Userfaultfd != 0 && !isOpenElsewhere ? machine.CloseUserfaultfd(descriptor.Userfaultfd) : machine;
        return CallAnswer.Of(0);
    }

    private Answer Open(OpenUffd open)
    {
        if (!machine.Process(current.Process).IsPrivileged)
        {
            // The sysctl vm.unprivileged_userfaultfd is 0 unless somebody changed it.
            return CallAnswer.Failed(Errno.EPERM);
        }

        var features = Userfault.UffdFeatures.None;
        foreach (var (ours, kernels) in FeaturePairs)
        {
            features |= open.Features.HasFlag(ours) ? kernels : Userfault.UffdFeatures.None;
        }

        machine = machine.OpenUserfaultfd(current.Process, features, out var number);
        descriptors[open.Name] = new Descriptor(0, number, IsWritable: true);
        return CallAnswer.Of(0);
    }

    private Answer Wait(string name) =>
        descriptors.GetValueOrDefault(name) is { Userfaultfd: not 0 and var uffd } && machine.Uffd(uffd).IsReadable ? Done.Instance : new NotPossible("no event is readable");

    private Answer Read(string name)
    {
        if (descriptors.GetValueOrDefault(name) is not { Userfaultfd: not 0 and var uffd })
        {
            return new NotPossible("not a userfaultfd");
        }

        machine = machine.Read(uffd, out var message);
        if (message is not { } seen)
        {
            return new EventAnswer(UffdEvent.None, 0, 0);
        }

        // The two words behind the kind, as struct uffd_msg has them.
        return seen.Event switch
        {
            Userfault.UffdEvent.PageFault => new EventAnswer(EventOf(seen.Event), seen.Length, seen.Start),
            Userfault.UffdEvent.Fork => new EventAnswer(EventOf(seen.Event), 0, 0),
            _ => new EventAnswer(EventOf(seen.Event), seen.Start, seen.End),
        };
    }

    private Answer Begin(Madvise step, ScenarioNames names)
    {
        var call = new MadviseCall(new Current(current.Process, ++lastThread), names.ValueOf(step.Address), names.ValueOf(step.Length), step.Advice);
        threads.Add(new ModelThread(call));
        return Done.Instance;
    }

    private Answer Join()
    {
        Progress();
        if (threads.Exists(static thread => thread.Result is null))
        {
            return new NotPossible("a thread waits for ever: a userfaultfd has to be read first");
        }

        var answers = threads.Select(static thread => thread.Result!.Value is { Error: Errno.None } done ? CallAnswer.Of(done.Value) : CallAnswer.Failed(thread.Result!.Value.Error)).ToEquatableList();
        threads.Clear();
        return new ThreadAnswers(answers);
    }

    /// <summary>Lets every thread that was begun run as far as it gets. True if one got anywhere.</summary>
    private bool Progress()
    {
        var moved = false;
        for (var i = 0; i < threads.Count; i++)
        {
            if (threads[i].Result is not null)
            {
                continue;
            }

            var step = machine.Run(threads[i].Call);
            moved |= step.IsEnd || !step.Next!.Equals(threads[i].Call);
            machine = step.Machine;
            threads[i] = step.IsEnd ? threads[i] with { Result = step.Result } : threads[i] with { Call = step.Next! };
        }

        return moved;
    }

    private sealed record Descriptor(int File, int Userfaultfd, bool IsWritable);

    private sealed record ModelThread(Call Call)
    {
        public CallResult? Result { get; init; }
    }
}
