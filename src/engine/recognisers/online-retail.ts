import { byHeader } from "./by-header.ts";

/** Online Retail I and II: invoices of a British gift shop, 2009 to 2011. Source: Chen, Sain & Guo 2012, UCI. */
export const onlineRetail = byHeader("Online Retail", [
  {
    table: "online_retail",
    columns: [
      "InvoiceNo",
      "StockCode",
      "Description",
      "Quantity",
      "InvoiceDate",
      "UnitPrice",
      "CustomerID",
      "Country",
    ],
    roles: { CustomerID: "user", InvoiceDate: "time", StockCode: "item" },
    amount: ["Quantity", "UnitPrice"],
    kinds: { InvoiceNo: "text", StockCode: "text" },
  },
  {
    table: "online_retail_ii",
    columns: [
      "Invoice",
      "StockCode",
      "Description",
      "Quantity",
      "InvoiceDate",
      "Price",
      "Customer ID",
      "Country",
    ],
    roles: { "Customer ID": "user", InvoiceDate: "time", StockCode: "item" },
    amount: ["Quantity", "Price"],
    kinds: { Invoice: "text", StockCode: "text" },
  },
]);
