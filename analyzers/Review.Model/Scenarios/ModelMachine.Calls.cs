using System.Collections.Immutable;
using Review.Model.Calls;
using Review.Model.Memory;
using Review.Model.Userfault;

namespace Review.Model.Scenarios;

/// <summary>Operations as calls of the model, for whoever steps them.</summary>
public sealed partial class ModelMachine
{
    /// <summary>
    /// The calls that an operation makes, one after another; none if it is more than calls of one thread. Accesses make one call per page.
    /// </summary>
    /// <param name="operation">The operation.</param>
    /// <param name="names">Where the mappings are.</param>
    /// <param name="caller">The thread that makes the calls.</param>
    public ImmutableArray<Call> CallsOf(Operation operation, ScenarioNames names, Current caller)
    {
        if (operation is RangeOperation range)
        {
            var (start, length) = (names.ValueOf(range.Address), names.ValueOf(range.Length));
            return AccessOf(range, names) is { } access
                ? [.. PagesOf(start, length).Select(address => new AccessCall(caller, address, access.Written?.Invoke((long)(address >> Pages.Shift))))]
                : OnRange(range, caller, start, length) is { } call ? [call] : [];
        }

        return operation switch
        {
            Mremap remap => [RemapOf(remap, names, caller)],
            SecondaryRead read => [new SecondaryReadCall(caller, names.ValueOf(read.Address))],
            SpeculativeAccess { Way: SpeculativeWay.CopiedVma } access => [new SpeculativeAccessCall(caller, names.ValueOf(access.Address), access.Byte)],
            SpeculativeAccess access => [new VmaLockAccessCall(caller, names.ValueOf(access.Address), access.Byte)],
            Fork => [new ForkCall(caller)],
            AccessRemotely access when WayOf(access.Way) is var (way, written) => [new Gup.CopyCall(caller, machine.Process(caller.Process).Space, names.ValueOf(access.Address), way, written)],
            ProcessMadvise { Target: AdviseTarget.Self or AdviseTarget.PidfdSelf } advise => [AdviseOf(advise, names, caller, caller.Process)],
            UffdCopy copy when UffdOf(copy.Uffd) is { } uffd => [new UffdCopyCall(caller, uffd, names.ValueOf(copy.Address), Pages.Size, copy.Byte)],
            UffdRead read when UffdOf(read.Uffd) is { } uffd => [new UffdReadCall(caller, uffd)],
            _ => [],
        };
    }

    private static MremapCall RemapOf(Mremap remap, ScenarioNames names, Current caller) => new(
        caller,
        names.ValueOf(remap.Address),
        names.ValueOf(remap.OldLength),
        names.ValueOf(remap.NewLength),
        (Calls.RemapFlags)(int)remap.Flags,
        remap.NewAddress is { } to ? names.ValueOf(to) : 0);

    private static IEnumerable<ulong> PagesOf(ulong start, ulong length)
    {
        for (var address = start; address < start + Math.Max(length, 1); address += Pages.Size)
        {
            yield return address;
        }
    }

    /// <summary>For an operation that touches every page of its range: what it writes to the page with this number; null inside for a read.</summary>
    private static (Func<long, byte>? Written, bool IsAccess)? AccessOf(RangeOperation operation, ScenarioNames names) => operation switch
    {
        WritePattern => (page => (byte)(PatternByte + page - ((long)names.BaseOf(operation.Address) >> Pages.Shift)), true),
        WriteBytes write => (_ => write.Byte, true),
        ReadBytes => (null, true),
        _ => null,
    };

    private int? UffdOf(string name) => descriptors.GetValueOrDefault(name) is { Userfaultfd: not 0 and var uffd } ? uffd : null;

    /// <summary>The one call of an operation on a range, or null if there is none.</summary>
    private Call? OnRange(RangeOperation operation, Current caller, ulong start, ulong length) => operation switch
    {
        Munmap => new MunmapCall(caller, start, length),
        Mprotect protect => new MprotectCall(caller, start, length, (Prot)(int)protect.Protection),
        Mlock => new MlockCall(caller, start, length, VmFlags.Locked),
        Mlock2 mlock => MlockCall.WithFlags(caller, start, length, mlock.Flags),
        Munlock => new MlockCall(caller, start, length, VmFlags.None),
        Mseal seal => new MsealCall(caller, start, length, seal.Flags),
        Msync sync => new MsyncCall(caller, start, length, sync.Flags),
        Madvise advise => MadviseBy(new MadviseCall(caller, start, length, advise.Advice)),
        UffdRegister register when UffdOf(register.Uffd) is { } uffd => new UffdRegisterCall(caller, uffd, start, length, FlagsOf(register.Modes)),
        UffdUnregister unregister when UffdOf(unregister.Uffd) is { } uffd => new UffdUnregisterCall(caller, uffd, start, length),
        UffdZeroPage zero when UffdOf(zero.Uffd) is { } uffd => new UffdCopyCall(caller, uffd, start, length, null),
        UffdContinue go when UffdOf(go.Uffd) is { } uffd => new UffdContinueCall(caller, uffd, start, length),
        UffdWriteProtect protect when UffdOf(protect.Uffd) is { } uffd => new UffdWriteProtectCall(caller, uffd, start, length, protect.Protect),
        _ => null,
    };
}
