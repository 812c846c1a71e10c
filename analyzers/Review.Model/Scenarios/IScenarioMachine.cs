namespace Review.Model.Scenarios;

/// <summary>
/// Something that carries out operations without judging them: the model, or a process of the running kernel. One machine
/// is one process with its descendants.
/// </summary>
public interface IScenarioMachine
{
    /// <summary>
    /// Carries out one operation other than expect_vmas, expect_pages and fork, which <see cref="ScenarioRun"/> does by the
    /// other members. Addresses are taken from <paramref name="names"/>; an mmap at no fixed place goes to <paramref name="place"/>.
    /// </summary>
    Answer Perform(Operation operation, ScenarioNames names, ulong place);

    /// <summary>The VMAs that overlap [<paramref name="start"/>, <paramref name="end"/>), not clipped.</summary>
    EquatableList<SeenVma> Vmas(ulong start, ulong end);

    /// <summary>One character per page from <paramref name="start"/> on: <see cref="PageStatePattern.Characters"/> without the wildcards.</summary>
    string PageStates(ulong start, int pages);

    /// <summary>
    /// The first byte of a page that is present in the page tables, past all access rights and without a fault; null if it
    /// cannot be told. Used to compare contents after every operation of a random sequence.
    /// </summary>
    byte? PresentByte(ulong address);

    /// <summary>Forks; what follows happens in the child, until <see cref="LeaveChild"/>. False if it cannot be done.</summary>
    bool EnterChild();

    /// <summary>
    /// Enters the child that a thread has forked, of those joined last; they are entered in the order of their forks. False if there is none.
    /// </summary>
    bool EnterForkedChild();

    /// <summary>Ends the child entered last; what follows happens in its parent.</summary>
    void LeaveChild();
}
