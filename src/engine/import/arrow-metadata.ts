/** A table within a flatbuffer: where its fields are. Source: https://flatbuffers.dev/internals */
class FlatTable {
  constructor(
    private readonly view: DataView,
    private readonly at: number,
  ) {}

  /** The root of a flatbuffer that begins there. */
  static root(view: DataView, start: number): FlatTable {
    return new FlatTable(view, start + view.getInt32(start, true));
  }

  /** The bytes of the whole flatbuffer. */
  get bytes(): number {
    return this.view.byteLength;
  }

  number(slot: number): number {
    const field = this.#field(slot);
    return field ? this.view.getUint8(field) : 0;
  }

  /** A length; 0 for one that no file has. */
  long(slot: number): number {
    const field = this.#field(slot);
    const value = field ? this.view.getBigInt64(field, true) : 0n;
    return value >= 0n && value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : 0;
  }

  table(slot: number): FlatTable | null {
    const field = this.#field(slot);
    return field ? new FlatTable(this.view, field + this.view.getInt32(field, true)) : null;
  }

  /** How many entries of so many bytes a vector has; more than there are bytes is an Error. */
  count(slot: number, stride: number): number {
    return this.#vector(slot, stride).count;
  }

  /** The tables of a vector. */
  tables(slot: number): FlatTable[] {
    const { first, count } = this.#vector(slot, 4);
    return Array.from({ length: count }, (_, i) => {
      const entry = first + 4 * i;
      return new FlatTable(this.view, entry + this.view.getInt32(entry, true));
    });
  }

  #vector(slot: number, stride: number): { readonly first: number; readonly count: number } {
    const field = this.#field(slot);
    if (!field) return { first: 0, count: 0 };
    const vector = field + this.view.getInt32(field, true);
    const count = this.view.getInt32(vector, true);
    if (count < 0 || vector + 4 + count * stride > this.view.byteLength)
      throw new Error(`its metadata has a list of ${count} entries, which cannot be`);
    return { first: vector + 4, count };
  }

  /** Where a field is; 0 where the table has none. */
  #field(slot: number): number {
    const slots = this.at - this.view.getInt32(this.at, true);
    const offset = slot < this.view.getUint16(slots, true) ? this.view.getUint16(slots + slot, true) : 0;
    return offset && this.at + offset;
  }
}

const schemaMessage = 1;
const dictionaryMessage = 2;
const batchMessage = 3;
const deepest = 64;

/** Throws where the lists in the metadata of an Arrow stream or file cannot be: a reader would go through all that they say they have. Source: the flatbuffers of the Arrow columnar format. */
export function checkArrowMetadata(bytes: Uint8Array): void {
  const isFile = new TextDecoder().decode(bytes.subarray(0, 6)) === "ARROW1";
  try {
    if (isFile) checkFile(bytes);
    else for (let at: number | null = 0; at !== null;) at = checkMessage(bytes, at);
  } catch (error) {
    if (error instanceof RangeError) throw new Error("its metadata is damaged", { cause: error });
    throw error;
  }
}

function checkFile(bytes: Uint8Array): void {
  const end = bytes.length - 10;
  const view = viewOf(bytes, 0, end);
  const length = new DataView(bytes.buffer, bytes.byteOffset + end).getInt32(0, true);
  const footer = FlatTable.root(view, end - length);
  const schema = footer.table(6);
  if (schema) checkSchema(schema);
  for (const slot of [8, 10]) footer.count(slot, 24);
  for (let at: number | null = 8; at !== null && at < end - length;) at = checkMessage(bytes, at);
}

/** Checks the message that begins there; gives where the next one does, null for none. */
function checkMessage(bytes: Uint8Array, at: number): number | null {
  const whole = viewOf(bytes, 0, bytes.length);
  if (at + 8 > bytes.length) return null;
  let start = at + 4;
  let length = whole.getInt32(at, true);
  if (length === -1) {
    length = whole.getInt32(start, true);
    start += 4;
  }
  if (length <= 0 || start + length > bytes.length) return null;
  const message = FlatTable.root(viewOf(bytes, start, start + length), 0);
  const header = message.table(8);
  const type = message.number(6);
  if (header && type === schemaMessage) checkSchema(header);
  const batch = type === dictionaryMessage ? header?.table(6) : type === batchMessage ? header : null;
  if (batch) for (const [slot, stride] of batchLists) batch.count(slot, stride);
  return start + length + message.long(10);
}

/** Nodes, buffers and variadic counts of a record batch: where they are, and bytes of an entry. */
const batchLists = [
  [6, 16],
  [8, 16],
  [12, 8],
] as const;

function checkSchema(schema: FlatTable): void {
  schema.count(8, 4);
  const fields = { left: schema.bytes };
  for (const field of schema.tables(6)) checkField(field, 0, fields);
}

/** `fields.left`: how many more there can be, unless some are the children of several. */
function checkField(field: FlatTable, depth: number, fields: { left: number }): void {
  if (depth > deepest) throw new Error(`its columns are nested over ${deepest} deep`);
  if (fields.left-- === 0) throw new Error("its metadata has more columns than bytes, which cannot be");
  field.count(16, 4);
  const union = 14;
  if (field.number(8) === union) field.table(10)?.count(6, 4);
  for (const child of field.tables(14)) checkField(child, depth + 1, fields);
}

function viewOf(bytes: Uint8Array, from: number, to: number): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset + from, to - from);
}
