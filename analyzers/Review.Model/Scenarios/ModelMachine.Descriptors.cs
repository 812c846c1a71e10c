using Review.Model.Calls;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Scenarios;

/// <summary>Files and userfaultfds of the model as scenarios name them.</summary>
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

    private Answer Read(UffdRead read)
    {
        if (descriptors.GetValueOrDefault(read.Uffd) is not { Userfaultfd: not 0 and var uffd })
        {
            return new NotPossible("not a userfaultfd");
        }

        machine = machine.Read(uffd, out var message);
        if (read.Name is { } name && message is { Event: Userfault.UffdEvent.Fork, Start: var child })
        {
            descriptors[name] = new Descriptor(0, (int)child, IsWritable: true);
        }

        return message is { } seen ? AnswerOf(seen) : new EventAnswer(UffdEvent.None, 0, 0);
    }

    // The two words behind the kind, as struct uffd_msg has them; the number of a new descriptor is nobody's business.
    private static EventAnswer AnswerOf(UffdMessage message) => message.Event switch
    {
        Userfault.UffdEvent.PageFault => new EventAnswer(EventOf(message.Event), message.Length, message.Start),
        Userfault.UffdEvent.Fork => new EventAnswer(EventOf(message.Event), 0, 0),
        _ => new EventAnswer(EventOf(message.Event), message.Start, message.End),
    };

    private sealed record Descriptor(int File, int Userfaultfd, bool IsWritable);
}
