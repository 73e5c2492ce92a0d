interface AttributeListProps {
  /** What each attribute is called, and what it may say. */
  readonly attributes: readonly (readonly [title: string, words: string])[];
}

/** What the prompts of a task may say. */
export const AttributeList = ({ attributes }: AttributeListProps) => (
  <dl className="own-attributes">
    {attributes.map(([title, words]) => (
      <div key={title}>
        <dt>{title}</dt>
        <dd>{words}</dd>
      </div>
    ))}
  </dl>
);
