using Review.Model.Scenarios;

namespace Review.Model.Comparison;

/// <summary>An operation that expects what it was answered.</summary>
internal static class Expecting
{
    /// <summary>The operation with this expectation; accesses that differ from page to page expect what the first page gave.</summary>
    public static Operation With(Operation operation, Answer answer) => answer switch
    {
        CallAnswer call => WithCall(operation, call),
        AccessAnswer { Pages: [var first, ..] } => operation switch
        {
            ReadBytes read => read with { Expect = first.Outcome == AccessOutcome.Done ? new(AccessOutcome.Done, PageContent.Byte, first.Byte) : new(first.Outcome) },
            WriteBytes write => write with { Expect = first.Outcome },
            _ => operation,
        },
        EventAnswer happened when operation is UffdRead read => read with { Expect = new EventExpectation(happened.Event) },
        _ => operation,
    };

    private static Operation WithCall(Operation operation, CallAnswer call)
    {
        var expect = call.Errno == Errno.None ? new CallExpectation(Result: AddressExpression.Constant(call.Result)) : CallExpectation.Fails(call.Errno);
        var outcome = expect with { Result = null };
        return operation switch
        {
            Mmap map => map with { Expect = outcome },
            Mremap remap => remap with { Expect = outcome },
            AccessRemotely access => access with { Expect = outcome },
            Mincore mincore => mincore with { Expect = expect, Vector = call.Vector },
            ProcessMadvise madvise => madvise with { Expect = expect },
            Madvise madvise => madvise with { Expect = expect },
            Munmap unmap => unmap with { Expect = expect },
            Mprotect protect => protect with { Expect = expect },
            Mlock mlock => mlock with { Expect = expect },
            Mlock2 mlock => mlock with { Expect = expect },
            Munlock munlock => munlock with { Expect = expect },
            Mseal seal => seal with { Expect = expect },
            Msync sync => sync with { Expect = expect },
            Ftruncate truncate => truncate with { Expect = expect },
            Close close => close with { Expect = expect },
            UffdRegister register => register with { Expect = expect },
            UffdUnregister unregister => unregister with { Expect = expect },
            UffdCopy copy => copy with { Expect = expect },
            UffdZeroPage zero => zero with { Expect = expect },
            UffdContinue go => go with { Expect = expect },
            UffdWriteProtect protect => protect with { Expect = expect },
            RlimitMemlock limit => limit with { Expect = expect },
            DropPrivileges drop => drop with { Expect = expect },
            _ => operation,
        };
    }
}
