using Review.Model.Calls;
using Review.Model.Eras;
using Review.Model.Gup;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Scenarios;

/// <summary>
/// The model as a machine that scenarios run on: every operation becomes calls, which are stepped to their end. Threads begun by
/// <c>async</c> run as far as they get and go on whenever something has happened.
/// </summary>
public sealed partial class ModelMachine : IScenarioMachine
{
    private const ulong CopiedBytes = 16;

    private Dictionary<string, Descriptor> descriptors = new(StringComparer.Ordinal);
    private Current current = new(1, 1);
    private Machine machine;

    /// <summary>A fresh machine with one process.</summary>
    public ModelMachine(KernelEra era, KernelBuild build) => machine = new Machine(era, build).AddProcess(out _);

    /// <summary>Who carries out madvise(2): the model's own call, or another one in its place.</summary>
    public Func<MadviseCall, Call> MadviseBy { get; init; } = static call => call;

    /// <summary>Who carries out process_madvise(2).</summary>
    public Func<ProcessMadviseCall, Call> ProcessMadviseBy { get; init; } = static call => call;

    /// <summary>The state the machine is in.</summary>
    public Machine State => machine;

    private int Space => machine.Process(current.Process).Space;

    /// <inheritdoc/>
    public EquatableList<SeenVma> Vmas(ulong start, ulong end) =>
        machine.Space(Space).Overlapping(start, end).Select(static vma => new SeenVma(vma.Start, vma.End, VmFlagNames.Permissions(vma.Flags), string.Join(' ', VmFlagNames.Of(vma.Flags)))).ToEquatableList();

    /// <inheritdoc/>
    public string PageStates(ulong start, int pages) => PageView.States(machine, Space, start, pages);

    /// <inheritdoc/>
    public byte? PresentByte(ulong address) => PageView.ByteAt(machine, Space, address);

    /// <inheritdoc/>
    public Answer Perform(Operation operation, ScenarioNames names, ulong place)
    {
        var answer = operation switch
        {
            CreateFile file => Create(file),
            Ftruncate truncate => Truncate(truncate),
            Close close => CloseDescriptor(close),
            Mmap map => Map(map, names, place),
            RangeOperation range => OnRange(range, names),
            Mremap remap => Answer(RemapOf(remap, names, current)),
            ProcessMadvise advise => Advise(advise, names),
            AccessRemotely access => Copy(access, names),
            OpenUffd open => Open(open),
            UffdCopy copy => CallsOf(copy, names, current) is [var call] ? Answer(call) : CallAnswer.Failed(Errno.EBADF),
            StartThread begun => Begin(begun.Step, names),
            JoinThreads join => Join(join.Monitored),
            UffdWait wait => Wait(wait.Uffd),
            UffdRead read => Read(read),
            RlimitMemlock limit => Change(process => process with { LockLimit = limit.Bytes }),
            DropPrivileges => Change(static process => process with { IsPrivileged = false, IsDumpable = false }),
            _ => new NotPossible($"the model does not know {operation.GetType().Name}"),
        };
        Progress();
        return answer;
    }

    private Answer OnRange(RangeOperation operation, ScenarioNames names)
    {
        var (start, length) = (names.ValueOf(operation.Address), names.ValueOf(operation.Length));
        if (AccessOf(operation, names) is { } access)
        {
            return Access(start, length, access.Written);
        }

        return operation switch
        {
            ModelOnlyOperation only => Perform(only, start, length),
            Mincore mincore => Vector(start, length, mincore.BadVector),
            Mlock2 mlock when OnRange(mlock, current, start, length) is null => CallAnswer.Failed(Errno.EINVAL),
            _ => OnRange(operation, current, start, length) is { } call ? Answer(call) : CallAnswer.Failed(Errno.EBADF),
        };
    }

    /// <summary>Steps a call to its end. Null if it waits for ever: nobody else runs but the threads begun before.</summary>
    private CallResult? Run(Call call)
    {
        while (true)
        {
            var step = machine.Run(call);
            machine = step.Machine;
            if (step.IsEnd)
            {
                return step.Result;
            }

            if (!Progress())
            {
                return null;
            }

            call = step.Next!;
        }
    }

    private Answer Answer(Call call) => Run(call) is { } result
        ? result.Error == Errno.None ? CallAnswer.Of(result.Value) : CallAnswer.Failed(result.Error)
        : new NotPossible("the call waits for ever: a userfaultfd has to be read first");

    private Answer Change(Func<Process, Process> change)
    {
        machine = machine.With(current.Process, change(machine.Process(current.Process)));
        return CallAnswer.Of(0);
    }

    private Answer Vector(ulong start, ulong length, bool isBad)
    {
        var answer = Answer(new MincoreCall(current, start, length, isBad));
        return answer is CallAnswer { Errno: Errno.None } done ? done with { Vector = MincoreCall.VectorOf(machine, current.Process, start, length) } : answer;
    }

    private Answer Map(Mmap map, ScenarioNames names, ulong place)
    {
        var descriptor = map.File is { } name ? descriptors.GetValueOrDefault(name) : null;
        if (map.File is not null && descriptor is not { File: not 0 } && !map.Flags.HasFlag(MappingFlags.Anonymous))
        {
            return CallAnswer.Failed(Errno.EBADF);
        }

        var flags = MapFlags.None;
        foreach (var (ours, kernels) in MapFlagPairs)
        {
            flags |= map.Flags.HasFlag(ours) ? kernels : MapFlags.None;
        }

        return Answer(new MmapCall(
            current, place, names.ValueOf(map.Length), (Prot)(int)map.Protection, flags, descriptor?.File ?? 0, map.Offset is { } offset ? names.ValueOf(offset) : 0, descriptor?.IsWritable ?? true));
    }

    private Answer Advise(ProcessMadvise advise, ScenarioNames names)
    {
        var target = current.Process;
        switch (advise.Target)
        {
            case AdviseTarget.BadDescriptor or AdviseTarget.NotPidfd:
                target = 0;
                break;
            case AdviseTarget.Child or AdviseTarget.Reaped:
                if (Run(new ForkCall(current)) is not { } forked)
                {
                    return new NotPossible("the process could not be forked");
                }

                target = (int)forked.Value;
                machine = advise.Target == AdviseTarget.Reaped ? machine.Exit(target, reaped: true) : machine;
                break;
        }

        var answer = Answer(ProcessMadviseBy(AdviseOf(advise, names, current, target)));
        machine = advise.Target == AdviseTarget.Child ? machine.Exit(target, reaped: true) : machine;
        return answer;
    }

    private Answer Access(ulong start, ulong length, Func<long, byte>? written)
    {
        var pages = new List<PageAccess>();
        foreach (var address in PagesOf(start, length))
        {
            if (Run(new AccessCall(current, address, written?.Invoke((long)(address >> Pages.Shift)))) is not { } result)
            {
                return new NotPossible("the access waits for ever: a userfaultfd has to be served first");
            }

            pages.Add(result.Signal switch
            {
                Signal.Segv => new PageAccess(AccessOutcome.SegmentationFault),
                Signal.Bus => new PageAccess(AccessOutcome.BusError),
                _ => new PageAccess(AccessOutcome.Done, written is null ? (byte)result.Value : (byte)0),
            });
        }

        return new AccessAnswer(pages.ToEquatableList());
    }

    private Answer Copy(AccessRemotely access, ScenarioNames names)
    {
        if (access.Way is RemoteAccess.ProcMemRead or RemoteAccess.ProcMemWrite && !machine.Process(current.Process).IsDumpable)
        {
            // /proc/self belongs to the superuser then, and cannot be opened.
            return CallAnswer.Failed(Errno.EACCES);
        }

        var (way, written) = WayOf(access.Way);
        var answer = Answer(new CopyCall(current, Space, names.ValueOf(access.Address), way, written));
        return answer is CallAnswer { Errno: Errno.None } done ? CallAnswer.Of(CopiedBytes) with { FirstByte = written is null && way != CopyWay.Vmsplice ? (byte)done.Result : null } : answer;
    }

    private static (CopyWay Way, byte? Written) WayOf(RemoteAccess way) => way switch
    {
        RemoteAccess.VmReadv => (CopyWay.ProcessVm, null),
        RemoteAccess.VmWritev => (CopyWay.ProcessVm, (byte)'W'),
        RemoteAccess.Vmsplice => (CopyWay.Vmsplice, null),
        RemoteAccess.ProcMemRead => (CopyWay.ProcMem, null),
        _ => (CopyWay.ProcMem, (byte)'W'),
    };

    private static ProcessMadviseCall AdviseOf(ProcessMadvise advise, ScenarioNames names, Current caller, int target)
    {
        Collections.Seq<IoRange>? vector = advise.NullVector ? null : [.. advise.Vector.Select(element => new IoRange(names.ValueOf(element.Address), names.ValueOf(element.Length)))];
        return new ProcessMadviseCall(caller, target, vector, (ulong)(advise.VectorLength ?? advise.Vector.Count), advise.Advice, (ulong)advise.Flags);
    }
}
